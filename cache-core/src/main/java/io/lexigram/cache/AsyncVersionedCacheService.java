package io.lexigram.cache;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of a {@link VersionedCacheService} without waiting; see {@link AsyncCache}. */
public interface AsyncVersionedCacheService {

    <V> CompletionStage<@Nullable V> get(CacheKey key, Class<V> type);

    <V> CompletionStage<@Nullable V> get(CacheKey key, String version, Class<V> type);

    default CompletionStage<Boolean> set(CacheKey key, String version, @Nullable Object value) {
        return set(key, version, value, CallOptions.NONE);
    }

    CompletionStage<Boolean> set(CacheKey key, String version, @Nullable Object value, CallOptions options);

    CompletionStage<Long> setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options);

    CompletionStage<Boolean> delete(CacheKey key, boolean hard);

    CompletionStage<Long> deleteMany(Collection<CacheKey> keys, boolean hard);
}
