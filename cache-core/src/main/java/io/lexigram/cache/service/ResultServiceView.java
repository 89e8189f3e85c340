package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultCache;
import io.lexigram.cache.ResultCacheService;
import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the façade, with what they throw as a value. */
final class ResultServiceView implements ResultCacheService {

    private final DefaultCacheService service;
    private final Directory directory;
    private final AllCaches all;
    private final @Nullable String backend;

    ResultServiceView(DefaultCacheService service, Directory directory, AllCaches all, @Nullable String backend) {
        this.service = service;
        this.directory = directory;
        this.all = all;
        this.backend = backend;
    }

    @Override
    public <V> Result<V> get(CacheKey key, TypeRef<V> type) {
        return handle(key, type).get(key.key());
    }

    @Override
    public <V> Result<Lookup<V>> lookup(CacheKey key, TypeRef<V> type) {
        return handle(key, type).lookup(key.key());
    }

    @Override
    public <V> Result<BatchResult<V>> getMany(Collection<CacheKey> keys, TypeRef<V> type) {
        return Results.of(() -> Batches.read(
                keys,
                namespace -> group -> directory
                        .touch(namespace, type, backend)
                        .results()
                        .getMany(group)
                        .orElseThrow()));
    }

    @Override
    public Result<Void> put(CacheKey key, @Nullable Object value, CallOptions options) {
        return handle(key).put(key.key(), value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public Result<Boolean> putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options) {
        return handle(key).putIfAbsent(key.key(), value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public Result<Void> putMany(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options) {
        return Results.run(() -> {
            for (Batches.Group<String> group : Batches.grouped(values, options)) {
                handle(group.namespace(), Directory.ANY)
                        .putMany(group.values(), group.options())
                        .orElseThrow();
            }
        });
    }

    @Override
    public Result<Boolean> delete(CacheKey key) {
        return handle(key).delete(key.key());
    }

    @Override
    public Result<Long> deleteMany(Collection<CacheKey> keys) {
        return Results.of(() -> Batches.byNamespace(keys).entrySet().stream()
                .mapToLong(group -> handle(group.getKey(), Directory.ANY)
                        .deleteMany(group.getValue())
                        .orElseThrow())
                .sum());
    }

    @Override
    public Result<Long> invalidateTags(String... tags) {
        return Results.of(() -> all.invalidateTags(CallOptions.NONE.tags(tags).tags()));
    }

    @Override
    public Result<Long> deletePattern(String pattern) {
        return Results.of(() -> all.deletePattern(pattern));
    }

    @Override
    public Result<Long> deleteNamespace(String namespace) {
        return Results.of(() -> all.deleteNamespace(namespace));
    }

    @Override
    public Result<Long> clear() {
        return Results.of(all::clear);
    }

    @Override
    public Result<Boolean> exists(CacheKey key) {
        return handle(key).exists(key.key());
    }

    @Override
    public Result<Boolean> expire(CacheKey key, Duration ttl) {
        return handle(key).expire(key.key(), ttl);
    }

    @Override
    public Result<Duration> ttl(CacheKey key) {
        return handle(key).ttl(key.key());
    }

    @Override
    public Result<Long> increment(CacheKey key, long by) {
        return handle(key).increment(key.key(), by);
    }

    @Override
    public Result<Long> decrement(CacheKey key, long by) {
        return handle(key).decrement(key.key(), by);
    }

    @Override
    public Result<List<CacheKey>> keys(String pattern) {
        return Results.of(() -> {
            try (Stream<CacheKey> keys = all.keys(pattern)) {
                return keys.toList();
            }
        });
    }

    @Override
    public Result<Boolean> ping() {
        return Results.of(() -> service.healthCheck(Duration.ofSeconds(5)).status() == CacheHealth.Status.UP);
    }

    private ResultCache<Object> handle(CacheKey key) {
        return handle(key, Directory.ANY);
    }

    private <V> ResultCache<V> handle(CacheKey key, TypeRef<V> type) {
        return handle(Directory.namespaceOf(key), type);
    }

    private <V> ResultCache<V> handle(String namespace, TypeRef<V> type) {
        return directory.touch(namespace, type, backend).results();
    }
}
