package io.lexigram.cache.service;

import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncCacheService;
import io.lexigram.cache.AsyncCounter;
import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of the façade as stages. */
final class AsyncServiceView implements AsyncCacheService {

    private final DefaultCacheService service;
    private final Directory directory;
    private final @Nullable String backend;
    private final Stages stages;

    AsyncServiceView(DefaultCacheService service, Directory directory, @Nullable String backend) {
        this.service = service;
        this.directory = directory;
        this.backend = backend;
        this.stages = directory.stages(backend);
    }

    @Override
    public <V> CompletionStage<@Nullable V> get(CacheKey key, TypeRef<V> type) {
        return handle(key, type).get(key.key());
    }

    @Override
    public <V> CompletionStage<@Nullable V> get(
            CacheKey key, TypeRef<V> type, AsyncLoader<V> loader, CallOptions options) {
        return handle(key, type).get(key.key(), loader, DefaultCacheService.tagged(key, options));
    }

    @Override
    public <V> CompletionStage<Lookup<V>> lookup(CacheKey key, TypeRef<V> type) {
        return handle(key, type).lookup(key.key());
    }

    @Override
    public <V> CompletionStage<BatchResult<V>> getMany(Collection<CacheKey> keys, TypeRef<V> type) {
        return stages.of(() -> service.getMany(keys, type));
    }

    @Override
    public CompletionStage<@Nullable Void> put(CacheKey key, @Nullable Object value, CallOptions options) {
        return handle(key, Directory.ANY).put(key.key(), value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options) {
        return handle(key, Directory.ANY).putIfAbsent(key.key(), value, DefaultCacheService.tagged(key, options));
    }

    @Override
    public CompletionStage<@Nullable Void> putMany(
            Map<CacheKey, ? extends @Nullable Object> values, CallOptions options) {
        return stages.run(() -> service.putMany(values, options));
    }

    @Override
    public CompletionStage<Boolean> delete(CacheKey key) {
        return handle(key, Directory.ANY).delete(key.key());
    }

    @Override
    public CompletionStage<Long> deleteMany(Collection<CacheKey> keys) {
        return stages.of(() -> service.deleteMany(keys));
    }

    @Override
    public CompletionStage<Long> invalidateTags(String... tags) {
        return stages.of(() -> service.invalidateTags(tags));
    }

    @Override
    public CompletionStage<Long> deletePattern(String pattern) {
        return stages.of(() -> service.deletePattern(pattern));
    }

    @Override
    public CompletionStage<Long> deleteNamespace(String namespace) {
        return stages.of(() -> service.deleteNamespace(namespace));
    }

    @Override
    public CompletionStage<Long> clear() {
        return stages.of(service::clear);
    }

    @Override
    public CompletionStage<Boolean> exists(CacheKey key) {
        return handle(key, Directory.ANY).exists(key.key());
    }

    @Override
    public CompletionStage<Boolean> expire(CacheKey key, Duration ttl) {
        return handle(key, Directory.ANY).expire(key.key(), ttl);
    }

    @Override
    public CompletionStage<Optional<Duration>> ttl(CacheKey key) {
        return handle(key, Directory.ANY).ttl(key.key());
    }

    @Override
    public CompletionStage<Long> increment(CacheKey key, long by) {
        return handle(key, Directory.ANY).increment(key.key(), by);
    }

    @Override
    public CompletionStage<Long> decrement(CacheKey key, long by) {
        return handle(key, Directory.ANY).decrement(key.key(), by);
    }

    @Override
    public AsyncCounter counter(String name) {
        boolean local = directory.counters(backend).region().isLocal();
        return new AsyncCounterView(
                service.counter(name), new Stages(local, directory.engine().executor()));
    }

    @Override
    public CompletionStage<CacheHealth> healthCheck(Duration timeout) {
        return stages.of(() -> service.healthCheck(timeout));
    }

    private <V> AsyncCache<V> handle(CacheKey key, TypeRef<V> type) {
        return directory.touch(Directory.namespaceOf(key), type, backend).async();
    }
}
