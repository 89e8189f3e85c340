package io.lexigram.cache;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the missing values of a batch in one call.
 *
 * @param <X> what the loader may throw
 */
@FunctionalInterface
public interface BatchLoader<V, X extends Throwable> {

    /** The values of the keys that have one; keys may be left out. */
    Map<String, ? extends @Nullable V> load(Set<String> keys) throws X;
}
