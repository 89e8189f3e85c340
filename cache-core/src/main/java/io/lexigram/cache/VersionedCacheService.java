package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@link VersionedCache} is to a {@link Cache}, this is to a {@link CacheService}: any key, any backend. */
public interface VersionedCacheService {

    <V> @Nullable V get(CacheKey key, Class<V> type);

    <V> @Nullable V get(CacheKey key, String version, Class<V> type);

    /** As {@link VersionedCache#set}, with the key's tags. */
    default boolean set(CacheKey key, String version, @Nullable Object value) {
        return set(key, version, value, CallOptions.NONE);
    }

    boolean set(CacheKey key, String version, @Nullable Object value, CallOptions options);

    default long setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values) {
        return setMany(values, CallOptions.NONE);
    }

    /** As {@link VersionedCache#setMany}, in one round trip per namespace, set of tags and shard. */
    long setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options);

    /** As {@link VersionedCache#ordered()}. */
    VersionedCacheService ordered();

    /** As {@link VersionedCache#delete}. */
    boolean delete(CacheKey key, boolean hard);

    /** As {@link VersionedCache#deleteMany}. */
    long deleteMany(Collection<CacheKey> keys, boolean hard);

    /** The same operations with their faults as values. */
    ResultVersionedCacheService results();

    /** The same operations without waiting. */
    AsyncVersionedCacheService async();
}
