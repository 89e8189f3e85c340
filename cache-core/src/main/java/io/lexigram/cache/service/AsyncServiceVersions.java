package io.lexigram.cache.service;

import io.lexigram.cache.AsyncVersionedCacheService;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of the façade by version as stages. */
record AsyncServiceVersions(ServiceVersions versions, Stages stages) implements AsyncVersionedCacheService {

    @Override
    public <V> CompletionStage<@Nullable V> get(CacheKey key, Class<V> type) {
        return versions.handle(key, TypeRef.of(type)).async().get(key.key());
    }

    @Override
    public <V> CompletionStage<@Nullable V> get(CacheKey key, String version, Class<V> type) {
        return versions.handle(key, TypeRef.of(type)).async().get(key.key(), version);
    }

    @Override
    public CompletionStage<Boolean> set(CacheKey key, String version, @Nullable Object value, CallOptions options) {
        return versions.handle(key).async().set(key.key(), version, value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public CompletionStage<Long> setMany(
            Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options) {
        return stages.of(() -> versions.setMany(values, options));
    }

    @Override
    public CompletionStage<Boolean> delete(CacheKey key, boolean hard) {
        return versions.handle(key).async().delete(key.key(), hard);
    }

    @Override
    public CompletionStage<Long> deleteMany(Collection<CacheKey> keys, boolean hard) {
        return stages.of(() -> versions.deleteMany(keys, hard));
    }
}
