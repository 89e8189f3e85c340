package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes a missing value. What it throws reaches the caller unchanged, and so do checked exceptions.
 *
 * @param <X> what the loader may throw
 */
@FunctionalInterface
public interface CacheLoader<V, X extends Throwable> {

    @Nullable
    V load() throws X;
}
