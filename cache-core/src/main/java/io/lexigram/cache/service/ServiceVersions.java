package io.lexigram.cache.service;

import io.lexigram.cache.AsyncVersionedCacheService;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.ResultVersionedCacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.VersionedKey;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The view of the façade by version: finds the handle of a key and leaves the rest to its view. */
final class ServiceVersions implements VersionedCacheService {

    private final Directory directory;
    private final @Nullable String backend;
    private final boolean ordered;

    ServiceVersions(Directory directory, @Nullable String backend, boolean ordered) {
        this.directory = directory;
        this.backend = backend;
        this.ordered = ordered;
    }

    @Override
    public <V> @Nullable V get(CacheKey key, Class<V> type) {
        return handle(key, TypeRef.of(type)).get(key.key());
    }

    @Override
    public <V> @Nullable V get(CacheKey key, String version, Class<V> type) {
        return handle(key, TypeRef.of(type)).get(key.key(), version);
    }

    @Override
    public boolean set(CacheKey key, String version, @Nullable Object value, CallOptions options) {
        return handle(key).set(key.key(), version, value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public long setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options) {
        return Batches.groupedVersions(values, options).stream()
                .mapToLong(group -> handle(group.namespace(), Directory.ANY).setMany(group.values(), group.options()))
                .sum();
    }

    @Override
    public VersionedCacheService ordered() {
        return new ServiceVersions(directory, backend, true);
    }

    @Override
    public boolean delete(CacheKey key, boolean hard) {
        return handle(key).delete(key.key(), hard);
    }

    @Override
    public long deleteMany(Collection<CacheKey> keys, boolean hard) {
        return Batches.byNamespace(keys).entrySet().stream()
                .mapToLong(group -> handle(group.getKey(), Directory.ANY).deleteMany(group.getValue(), hard))
                .sum();
    }

    @Override
    public ResultVersionedCacheService results() {
        return new ResultServiceVersions(this);
    }

    @Override
    public AsyncVersionedCacheService async() {
        return new AsyncServiceVersions(this, directory.stages(backend));
    }

    VersionedCache<Object> handle(CacheKey key) {
        return handle(key, Directory.ANY);
    }

    <V> VersionedCache<V> handle(CacheKey key, TypeRef<V> type) {
        return handle(Directory.namespaceOf(key), type);
    }

    <V> VersionedCache<V> handle(String namespace, TypeRef<V> type) {
        VersionedCache<V> view = directory.touch(namespace, type, backend).versioned();
        return ordered ? view.ordered() : view;
    }
}
