package io.lexigram.cache.service;

import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The operations of a handle as stages. */
final class AsyncView<V> implements AsyncCache<V> {

    private final TypedCache<V> cache;
    private final Region region;
    private final CachePolicy policy;
    private final Stages stages;
    private final AsyncLoads loads;

    AsyncView(TypedCache<V> cache, Region region, CachePolicy policy) {
        this.cache = cache;
        this.region = region;
        this.policy = policy;
        this.stages = cache.stages();
        this.loads = new AsyncLoads(region);
    }

    @Override
    public CompletionStage<@Nullable V> get(String key) {
        return stages.of(() -> cache.get(key));
    }

    @Override
    public CompletionStage<@Nullable V> get(String key, AsyncLoader<V> loader, CallOptions options) {
        region.copies().dropUnwanted(key, options);
        if (region.sharedLoads() != null) {
            LoadRequest<V> request = new LoadRequest<>(key, cache.type(), policy, options, true);
            CompletableFuture<CompletionStage<@Nullable V>> loading = stages.of(() -> loads.load(request, loader));
            return loading.thenCompose(stage -> stage);
        }
        return stages.of(() -> options.isRead() ? find(key) : new Found(null, true))
                .thenCompose(found -> {
                    LoadRequest<V> request = new LoadRequest<>(key, cache.type(), policy, options, found.readable());
                    if (found.hit() == null) {
                        return loads.load(request, loader);
                    }
                    loads.refreshIfDue(request, found.hit(), loader);
                    return stages.value(StrictCache.value(found.hit(), cache.type()));
                });
    }

    private Found find(String key) {
        try {
            return new Found(region.find(key, cache.type()), true);
        } catch (CacheException e) {
            cache.rescue("reading", e);
            return new Found(null, false);
        }
    }

    /** What a read found, and whether the backend could be read at all. */
    private record Found(@Nullable StoredEntry hit, boolean readable) {}

    @Override
    public CompletionStage<Lookup<V>> lookup(String key) {
        return stages.of(() -> cache.lookup(key));
    }

    @Override
    public CompletionStage<Optional<CacheEntry<V>>> getEntry(String key) {
        return stages.of(() -> cache.getEntry(key));
    }

    @Override
    public CompletionStage<BatchResult<V>> getMany(Collection<String> keys) {
        return stages.of(() -> cache.getMany(keys));
    }

    @Override
    public CompletionStage<@Nullable Void> put(String key, @Nullable V value, CallOptions options) {
        return stages.run(() -> cache.put(key, value, options));
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, @Nullable V value, CallOptions options) {
        return stages.of(() -> cache.putIfAbsent(key, value, options));
    }

    @Override
    public CompletionStage<@Nullable Void> putMany(Map<String, ? extends @Nullable V> values, CallOptions options) {
        return stages.run(() -> cache.putMany(values, options));
    }

    @Override
    public CompletionStage<Reservation<V>> reserve(String key) {
        return stages.of(() -> cache.reserve(key));
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return stages.of(() -> cache.delete(key));
    }

    @Override
    public CompletionStage<Long> deleteMany(Collection<String> keys) {
        return stages.of(() -> cache.deleteMany(keys));
    }

    @Override
    public CompletionStage<Long> invalidateTags(String... tags) {
        return stages.of(() -> cache.invalidateTags(tags));
    }

    @Override
    public CompletionStage<Long> deletePattern(String pattern) {
        return stages.of(() -> cache.deletePattern(pattern));
    }

    @Override
    public CompletionStage<Long> clear() {
        return stages.of(cache::clear);
    }

    @Override
    public CompletionStage<Boolean> exists(String key) {
        return stages.of(() -> cache.exists(key));
    }

    @Override
    public CompletionStage<Boolean> expire(String key, Duration ttl) {
        return stages.of(() -> cache.expire(key, ttl));
    }

    @Override
    public CompletionStage<Optional<Duration>> ttl(String key) {
        return stages.of(() -> cache.ttl(key));
    }

    @Override
    public CompletionStage<Long> increment(String key, long by) {
        return stages.of(() -> cache.increment(key, by));
    }

    @Override
    public CompletionStage<Long> decrement(String key, long by) {
        return stages.of(() -> cache.decrement(key, by));
    }
}
