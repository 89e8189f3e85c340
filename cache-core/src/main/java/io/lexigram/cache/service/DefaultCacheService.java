package io.lexigram.cache.service;

import io.lexigram.cache.AsyncCacheService;
import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CacheMetrics;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Counter;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.ResultCacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.counter.StoredCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The untyped façade: finds the typed handle of a key and leaves the rest to it. */
final class DefaultCacheService implements CacheService {

    private final Directory directory;
    private final AllCaches all;
    private final @Nullable String backend;

    DefaultCacheService(Directory directory, @Nullable String backend) {
        this.directory = directory;
        this.backend = backend;
        this.all = new AllCaches(directory, backend);
    }

    @Override
    public <V> Cache<V> cache(CacheSpec<V> spec) {
        return directory.hold(spec, backend);
    }

    @Override
    public Optional<Cache<Object>> find(String name) {
        return directory.knows(name)
                ? Optional.of(directory.touch(Directory.namespaceOf(name), Directory.ANY, backend))
                : Optional.empty();
    }

    @Override
    public Set<String> cacheNames() {
        return directory.names();
    }

    @Override
    public Map<String, BackendInfo> backends() {
        return all.backends();
    }

    @Override
    public CacheService on(String backend) {
        directory.requireBackend(backend);
        return new DefaultCacheService(directory, backend);
    }

    @Override
    public <V> @Nullable V get(CacheKey key, Class<V> type) {
        return get(key, TypeRef.of(type));
    }

    @Override
    public <V> @Nullable V get(CacheKey key, TypeRef<V> type) {
        return handle(key, type).get(key.key());
    }

    @Override
    public <V> @Nullable V getOrDefault(CacheKey key, Class<V> type, @Nullable V fallback) {
        return lookup(key, TypeRef.of(type)).orElse(fallback);
    }

    @Override
    public <V, X extends Throwable> @Nullable V get(CacheKey key, Class<V> type, CacheLoader<? extends V, X> loader)
            throws X {
        return get(key, TypeRef.of(type), loader, CallOptions.NONE);
    }

    @Override
    public <V, X extends Throwable> @Nullable V get(
            CacheKey key, TypeRef<V> type, CacheLoader<? extends V, X> loader, CallOptions options) throws X {
        return handle(key, type).get(key.key(), loader, tagged(key, options));
    }

    @Override
    public <V> Lookup<V> lookup(CacheKey key, TypeRef<V> type) {
        return handle(key, type).lookup(key.key());
    }

    @Override
    public <V> Optional<CacheEntry<V>> getEntry(CacheKey key, TypeRef<V> type) {
        return handle(key, type).getEntry(key.key());
    }

    @Override
    public <V> BatchResult<V> getMany(Collection<CacheKey> keys, TypeRef<V> type) {
        return Batches.read(keys, namespace -> handle(namespace, type)::getMany);
    }

    @Override
    public void put(CacheKey key, @Nullable Object value, CallOptions options) {
        handle(key).put(key.key(), value, tagged(key, options));
    }

    @Override
    public boolean putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options) {
        return handle(key).putIfAbsent(key.key(), value, tagged(key, options));
    }

    @Override
    public void putMany(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options) {
        Batches.grouped(values, options)
                .forEach(group -> handle(group.namespace(), Directory.ANY).putMany(group.values(), group.options()));
    }

    @Override
    public boolean delete(CacheKey key) {
        return handle(key).delete(key.key());
    }

    @Override
    public long deleteMany(Collection<CacheKey> keys) {
        return Batches.byNamespace(keys).entrySet().stream()
                .mapToLong(group -> handle(group.getKey(), Directory.ANY).deleteMany(group.getValue()))
                .sum();
    }

    @Override
    public long invalidateTags(String... tags) {
        return guarded(
                "invalidating",
                0L,
                () -> all.invalidateTags(CallOptions.NONE.tags(tags).tags()));
    }

    @Override
    public long deletePattern(String pattern) {
        return guarded("invalidating", 0L, () -> all.deletePattern(pattern));
    }

    @Override
    public long deleteNamespace(String namespace) {
        return guarded("invalidating", 0L, () -> all.deleteNamespace(namespace));
    }

    @Override
    public long clear() {
        return guarded("invalidating", 0L, all::clear);
    }

    @Override
    public boolean exists(CacheKey key) {
        return handle(key).exists(key.key());
    }

    @Override
    public boolean expire(CacheKey key, Duration ttl) {
        return handle(key).expire(key.key(), ttl);
    }

    @Override
    public Optional<Duration> ttl(CacheKey key) {
        return handle(key).ttl(key.key());
    }

    @Override
    public long increment(CacheKey key, long by) {
        return handle(key).increment(key.key(), by);
    }

    @Override
    public Counter counter(String name) {
        return StoredCounter.of(new CounterCache(directory.counters(backend)), name);
    }

    @Override
    public Stream<CacheKey> keys(String pattern) {
        return guarded(
                "reading",
                Stream.empty(),
                () -> KeyStreams.watched(all.keys(pattern), e -> directory.rescue("reading", e)));
    }

    @Override
    public CacheStats stats() {
        return all.stats();
    }

    @Override
    public CacheMetrics metrics() {
        return all.metrics();
    }

    @Override
    public void resetMetrics() {
        all.resetMetrics();
    }

    @Override
    public long cleanupExpired() {
        return guarded("cleaning up", 0L, all::cleanupExpired);
    }

    @Override
    public boolean ping() {
        return healthCheck(Duration.ofSeconds(5)).status() == CacheHealth.Status.UP;
    }

    @Override
    public CacheHealth healthCheck(Duration timeout) {
        return all.healthCheck(timeout);
    }

    @Override
    public VersionedCacheService versioned() {
        return new ServiceVersions(directory, backend, false);
    }

    @Override
    public ResultCacheService results() {
        return new ResultServiceView(this, directory, all, backend);
    }

    @Override
    public AsyncCacheService async() {
        return new AsyncServiceView(this, directory, backend);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return directory.unwrap(backend, type);
    }

    @Override
    public void close() {
        directory.close();
    }

    private TypedCache<Object> handle(CacheKey key) {
        return handle(key, Directory.ANY);
    }

    private <V> TypedCache<V> handle(CacheKey key, TypeRef<V> type) {
        return handle(Directory.namespaceOf(key), type);
    }

    private <V> TypedCache<V> handle(String namespace, TypeRef<V> type) {
        return directory.touch(namespace, type, backend);
    }

    static CallOptions tagged(CacheKey key, CallOptions options) {
        return key.tags().isEmpty() ? options : options.tags(key.tags().toArray(String[]::new));
    }

    private <T> T guarded(String operation, T fallback, Supplier<T> body) {
        try {
            return body.get();
        } catch (CacheException e) {
            directory.rescue(operation, e);
            return fallback;
        }
    }
}
