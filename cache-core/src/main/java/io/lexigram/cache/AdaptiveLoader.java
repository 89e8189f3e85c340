package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes a missing value and decides with it how long it lives, which tags it carries and whether it is stored at all.
 *
 * @param <X> what the loader may throw
 */
@FunctionalInterface
public interface AdaptiveLoader<V, X extends Throwable> {

    @Nullable
    V load(LoadContext context) throws X;
}
