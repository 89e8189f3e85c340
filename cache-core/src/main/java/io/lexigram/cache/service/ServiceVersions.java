package io.lexigram.cache.service;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.VersionedKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
        return handle(Directory.namespaceOf(key), TypeRef.of(type)).get(key.key());
    }

    @Override
    public <V> @Nullable V get(CacheKey key, String version, Class<V> type) {
        return handle(Directory.namespaceOf(key), TypeRef.of(type)).get(key.key(), version);
    }

    @Override
    public boolean set(CacheKey key, String version, @Nullable Object value, CallOptions options) {
        return handle(Directory.namespaceOf(key))
                .set(key.key(), version, value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public long setMany(Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options) {
        record Group(String namespace, Set<String> tags) {}
        Map<Group, Map<VersionedKey<String>, @Nullable Object>> groups = new LinkedHashMap<>();
        values.forEach((key, value) -> groups.computeIfAbsent(
                        new Group(Directory.namespaceOf(key.key()), key.key().tags()), group -> new LinkedHashMap<>())
                .put(VersionedKey.of(key.key().key(), key.version()), value));
        return groups.entrySet().stream()
                .mapToLong(group -> handle(group.getKey().namespace())
                        .setMany(
                                group.getValue(),
                                options.tags(group.getKey().tags().toArray(String[]::new))))
                .sum();
    }

    @Override
    public VersionedCacheService ordered() {
        return new ServiceVersions(directory, backend, true);
    }

    @Override
    public boolean delete(CacheKey key, boolean hard) {
        return handle(Directory.namespaceOf(key)).delete(key.key(), hard);
    }

    @Override
    public long deleteMany(Collection<CacheKey> keys, boolean hard) {
        return Batches.byNamespace(keys).entrySet().stream()
                .mapToLong(group -> handle(group.getKey()).deleteMany(group.getValue(), hard))
                .sum();
    }

    private VersionedCache<Object> handle(String namespace) {
        return handle(namespace, Directory.ANY);
    }

    private <V> VersionedCache<V> handle(String namespace, TypeRef<V> type) {
        VersionedCache<V> view = directory.touch(namespace, type, backend).versioned();
        return ordered ? view.ordered() : view;
    }
}
