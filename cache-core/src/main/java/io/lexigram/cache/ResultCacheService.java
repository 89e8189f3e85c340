package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of a {@link CacheService} with faults as values. An absent value is a success with null. */
public interface ResultCacheService {

    default <V> Result<V> get(CacheKey key, Class<V> type) {
        return get(key, TypeRef.of(type));
    }

    <V> Result<V> get(CacheKey key, TypeRef<V> type);

    <V> Result<Lookup<V>> lookup(CacheKey key, TypeRef<V> type);

    <V> Result<BatchResult<V>> getMany(Collection<CacheKey> keys, TypeRef<V> type);

    default Result<Void> put(CacheKey key, @Nullable Object value) {
        return put(key, value, CallOptions.NONE);
    }

    Result<Void> put(CacheKey key, @Nullable Object value, CallOptions options);

    Result<Boolean> putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options);

    Result<Void> putMany(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options);

    Result<Boolean> delete(CacheKey key);

    Result<Long> deleteMany(Collection<CacheKey> keys);

    Result<Long> invalidateTags(String... tags);

    Result<Long> deletePattern(String pattern);

    Result<Long> deleteNamespace(String namespace);

    Result<Long> clear();

    Result<Boolean> exists(CacheKey key);

    Result<Boolean> expire(CacheKey key, Duration ttl);

    /** The remaining lifetime; null where there is no entry or it never expires. */
    Result<Duration> ttl(CacheKey key);

    Result<Long> increment(CacheKey key, long by);

    Result<Long> decrement(CacheKey key, long by);

    Result<List<CacheKey>> keys(String pattern);

    Result<Boolean> ping();
}
