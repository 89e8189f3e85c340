package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultCache;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The strict operations, with what they throw as a value. */
final class ResultView<V> implements ResultCache<V> {

    private final StrictCache<V> cache;

    ResultView(StrictCache<V> cache) {
        this.cache = cache;
    }

    @Override
    public Result<V> get(String key) {
        return Results.of(() -> cache.get(key));
    }

    @Override
    public Result<Lookup<V>> lookup(String key) {
        return Results.of(() -> {
            Lookup<V> lookup = cache.lookup(key);
            if (lookup instanceof Lookup.Failed<V> failed) {
                throw failed.cause();
            }
            return lookup;
        });
    }

    @Override
    public Result<CacheEntry<V>> getEntry(String key) {
        return Results.of(() -> cache.getEntry(key));
    }

    @Override
    public Result<BatchResult<V>> getMany(Collection<String> keys) {
        return Results.of(() -> cache.getMany(keys));
    }

    @Override
    public Result<Void> put(String key, @Nullable V value, CallOptions options) {
        return Results.run(() -> cache.put(key, value, options));
    }

    @Override
    public Result<Boolean> putIfAbsent(String key, @Nullable V value, CallOptions options) {
        return Results.of(() -> cache.putIfAbsent(key, value, options));
    }

    @Override
    public Result<Void> putMany(Map<String, ? extends @Nullable V> values, CallOptions options) {
        return Results.run(() -> cache.putMany(values, options));
    }

    @Override
    public Result<Boolean> delete(String key) {
        return Results.of(() -> cache.region().invalidations().remove(key));
    }

    @Override
    public Result<Long> deleteMany(Collection<String> keys) {
        return Results.of(() -> cache.region().invalidations().removeMany(keys));
    }

    @Override
    public Result<Long> invalidateTags(String... tags) {
        return Results.of(() -> cache.invalidateTags(tags));
    }

    @Override
    public Result<Long> deletePattern(String pattern) {
        return Results.of(() -> cache.deletePattern(pattern));
    }

    @Override
    public Result<Long> clear() {
        return Results.of(() -> cache.region().invalidations().clear());
    }

    @Override
    public Result<Boolean> exists(String key) {
        return Results.of(() -> cache.region().contains(key));
    }

    @Override
    public Result<Boolean> expire(String key, Duration ttl) {
        return Results.of(() -> cache.expire(key, ttl));
    }

    @Override
    public Result<Duration> ttl(String key) {
        return Results.of(() -> cache.ttl(key));
    }

    @Override
    public Result<Long> increment(String key, long by) {
        return Results.of(() -> cache.increment(key, by));
    }

    @Override
    public Result<Long> decrement(String key, long by) {
        return Results.of(() -> cache.decrement(key, by));
    }

    @Override
    public Result<List<String>> keys(String pattern) {
        return Results.of(() -> {
            try (Stream<String> keys = cache.keys(pattern)) {
                return keys.toList();
            }
        });
    }
}
