package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link Cache} without waiting, with the same fail-open rules.
 *
 * <p>Stages complete on the cache's executor, or at once where the backend is in memory; never on a driver's event loop.
 */
public interface AsyncCache<V> {

    CompletionStage<@Nullable V> get(String key);

    /** As {@link Cache#get(String, CacheLoader)}; sync and async callers of one key share one load. */
    default CompletionStage<@Nullable V> get(String key, AsyncLoader<V> loader) {
        return get(key, loader, CallOptions.NONE);
    }

    CompletionStage<@Nullable V> get(String key, AsyncLoader<V> loader, CallOptions options);

    CompletionStage<Lookup<V>> lookup(String key);

    CompletionStage<Optional<CacheEntry<V>>> getEntry(String key);

    CompletionStage<BatchResult<V>> getMany(Collection<String> keys);

    default CompletionStage<@Nullable Void> put(String key, @Nullable V value) {
        return put(key, value, CallOptions.NONE);
    }

    CompletionStage<@Nullable Void> put(String key, @Nullable V value, CallOptions options);

    default CompletionStage<Boolean> putIfAbsent(String key, @Nullable V value) {
        return putIfAbsent(key, value, CallOptions.NONE);
    }

    CompletionStage<Boolean> putIfAbsent(String key, @Nullable V value, CallOptions options);

    default CompletionStage<@Nullable Void> putMany(Map<String, ? extends @Nullable V> values) {
        return putMany(values, CallOptions.NONE);
    }

    CompletionStage<@Nullable Void> putMany(Map<String, ? extends @Nullable V> values, CallOptions options);

    /**
     * As {@link Cache#reserve}; what it is for is to be read when the stage has completed. Storing through it waits for the
     * backend, as everywhere else. To be closed also by those who no longer want it when it comes.
     */
    CompletionStage<Reservation<V>> reserve(String key);

    CompletionStage<Boolean> delete(String key);

    CompletionStage<Long> deleteMany(Collection<String> keys);

    CompletionStage<Long> invalidateTags(String... tags);

    CompletionStage<Long> deletePattern(String pattern);

    CompletionStage<Long> clear();

    CompletionStage<Boolean> exists(String key);

    CompletionStage<Boolean> expire(String key, Duration ttl);

    CompletionStage<Optional<Duration>> ttl(String key);

    CompletionStage<Long> increment(String key, long by);

    CompletionStage<Long> decrement(String key, long by);
}
