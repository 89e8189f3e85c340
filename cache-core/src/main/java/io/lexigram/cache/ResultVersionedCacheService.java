package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of a {@link VersionedCacheService} with faults as values; see {@link ResultVersionedCache}. */
public interface ResultVersionedCacheService {

    <V> Result<V> get(CacheKey key, Class<V> type);

    <V> Result<V> get(CacheKey key, String version, Class<V> type);

    default Result<Boolean> set(CacheKey key, String version, @Nullable Object value) {
        return set(key, version, value, CallOptions.NONE);
    }

    Result<Boolean> set(CacheKey key, String version, @Nullable Object value, CallOptions options);

    Result<Long> setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options);

    Result<Boolean> delete(CacheKey key, boolean hard);

    Result<Long> deleteMany(Collection<CacheKey> keys, boolean hard);
}
