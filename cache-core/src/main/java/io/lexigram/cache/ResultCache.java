package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link Cache} with faults as values: nothing of the cache's own is thrown, not even for a key that
 * cannot be one. An absent value is a success with null.
 */
public interface ResultCache<V> {

    Result<V> get(String key);

    Result<Lookup<V>> lookup(String key);

    Result<CacheEntry<V>> getEntry(String key);

    Result<BatchResult<V>> getMany(Collection<String> keys);

    default Result<Void> put(String key, @Nullable V value) {
        return put(key, value, CallOptions.NONE);
    }

    Result<Void> put(String key, @Nullable V value, CallOptions options);

    default Result<Boolean> putIfAbsent(String key, @Nullable V value) {
        return putIfAbsent(key, value, CallOptions.NONE);
    }

    Result<Boolean> putIfAbsent(String key, @Nullable V value, CallOptions options);

    default Result<Void> putMany(Map<String, ? extends @Nullable V> values) {
        return putMany(values, CallOptions.NONE);
    }

    Result<Void> putMany(Map<String, ? extends @Nullable V> values, CallOptions options);

    Result<Boolean> delete(String key);

    Result<Long> deleteMany(Collection<String> keys);

    Result<Long> invalidateTags(String... tags);

    Result<Long> deletePattern(String pattern);

    Result<Long> clear();

    Result<Boolean> exists(String key);

    Result<Boolean> expire(String key, Duration ttl);

    /** The remaining lifetime; null where there is no entry or it never expires. */
    Result<Duration> ttl(String key);

    Result<Long> increment(String key, long by);

    Result<Long> decrement(String key, long by);

    /** All matching keys at once; for many keys stream them with {@link Cache#keys}. */
    Result<List<String>> keys(String pattern);
}
