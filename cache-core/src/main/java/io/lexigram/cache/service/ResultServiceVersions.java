package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultVersionedCache;
import io.lexigram.cache.ResultVersionedCacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedKey;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of the façade by version, with what they throw as a value. */
record ResultServiceVersions(ServiceVersions versions) implements ResultVersionedCacheService {

    @Override
    public <V> Result<V> get(CacheKey key, Class<V> type) {
        return versions.handle(key, TypeRef.of(type)).results().get(key.key());
    }

    @Override
    public <V> Result<V> get(CacheKey key, String version, Class<V> type) {
        return versions.handle(key, TypeRef.of(type)).results().get(key.key(), version);
    }

    @Override
    public Result<Boolean> set(CacheKey key, String version, @Nullable Object value, CallOptions options) {
        return handle(key).set(key.key(), version, value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public Result<Long> setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options) {
        return Results.of(() -> Batches.groupedVersions(values, options).stream()
                .mapToLong(group -> of(group.namespace())
                        .setMany(group.values(), group.options())
                        .orElseThrow())
                .sum());
    }

    @Override
    public Result<Boolean> delete(CacheKey key, boolean hard) {
        return handle(key).delete(key.key(), hard);
    }

    @Override
    public Result<Long> deleteMany(Collection<CacheKey> keys, boolean hard) {
        return Results.of(() -> Batches.byNamespace(keys).entrySet().stream()
                .mapToLong(group ->
                        of(group.getKey()).deleteMany(group.getValue(), hard).orElseThrow())
                .sum());
    }

    private ResultVersionedCache<Object> handle(CacheKey key) {
        return versions.handle(key).results();
    }

    private ResultVersionedCache<Object> of(String namespace) {
        return versions.handle(namespace, Directory.ANY).results();
    }
}
