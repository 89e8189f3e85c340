package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/**
 * The keys whose loads the current call is part of, innermost first. A method that asks for the very key it is loading, such
 * as a cached facade over a cached repository, must not wait for itself.
 *
 * <p>Bound to the thread while it runs a method, and carried in the context of a reactive subscription.
 */
final class LoadingKeys {

    private static final ThreadLocal<@Nullable LoadingKeys> CURRENT = new ThreadLocal<>();

    private final @Nullable LoadingKeys around;
    private final String cache;
    private final String key;

    private LoadingKeys(@Nullable LoadingKeys around, String cache, String key) {
        this.around = around;
        this.cache = cache;
        this.key = key;
    }

    /** Those of the current thread; null where it loads nothing. */
    static @Nullable LoadingKeys current() {
        return CURRENT.get();
    }

    /** These keys and one more. */
    static LoadingKeys of(@Nullable LoadingKeys around, CachedOperation operation, String key) {
        return new LoadingKeys(around, operation.cache().name(), key);
    }

    static boolean contain(@Nullable LoadingKeys keys, CachedOperation operation, String key) {
        String cache = operation.cache().name();
        for (LoadingKeys one = keys; one != null; one = one.around) {
            if (one.cache.equals(cache) && one.key.equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** Makes them those of the current thread. @return those before, to be bound again afterwards */
    static @Nullable LoadingKeys bind(@Nullable LoadingKeys keys) {
        LoadingKeys before = CURRENT.get();
        if (keys == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(keys);
        }
        return before;
    }
}
