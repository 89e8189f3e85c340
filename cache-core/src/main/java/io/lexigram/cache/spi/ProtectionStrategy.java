package io.lexigram.cache.spi;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * Runs around every load that leads: the one load of a key that this process makes for all its callers. A place for a limit
 * on concurrent loads, or for a lock of the application's own.
 */
@FunctionalInterface
public interface ProtectionStrategy {

    /** Runs the load at once. */
    ProtectionStrategy NONE = new ProtectionStrategy() {
        @Override
        public <V, X extends Throwable> @Nullable V load(CacheKey key, CacheLoader<V, X> load) throws X {
            return load.load();
        }
    };

    /** Runs the load, exactly once, on the calling thread, and returns what it returns or throws what it throws. */
    <V, X extends Throwable> @Nullable V load(CacheKey key, CacheLoader<V, X> load) throws X;
}
