package io.lexigram.cache.service;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultVersionedCache;
import io.lexigram.cache.VersionedKey;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The strict operations by version, with what they throw as a value. */
final class ResultVersions<V> implements ResultVersionedCache<V> {

    private final TypedCache<V> cache;
    private final StrictVersions<V> versions;

    ResultVersions(TypedCache<V> cache, StrictVersions<V> versions) {
        this.cache = cache;
        this.versions = versions;
    }

    @Override
    public Result<V> get(String key) {
        return cache.results().get(key);
    }

    @Override
    public Result<V> get(String key, String version) {
        return Results.of(() -> {
            StoredEntry entry = versions.find(key, version);
            return entry == null ? null : StrictCache.value(entry, cache.type());
        });
    }

    @Override
    public Result<Lookup<V>> lookup(String key, String version) {
        return Results.of(() -> {
            StoredEntry entry = versions.find(key, version);
            return entry == null ? new Lookup.Miss<>() : new Lookup.Hit<>(StrictCache.value(entry, cache.type()));
        });
    }

    @Override
    public Result<Boolean> set(String key, String version, @Nullable V value, CallOptions options) {
        return Results.of(() -> versions.set(key, version, value, options));
    }

    @Override
    public Result<Long> setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options) {
        return Results.of(() -> versions.setMany(values, options));
    }

    @Override
    public Result<Boolean> delete(String key, boolean hard) {
        return Results.of(() -> versions.deleteMany(List.of(key), hard) == 1);
    }

    @Override
    public Result<Long> deleteMany(Collection<String> keys, boolean hard) {
        return Results.of(() -> versions.deleteMany(keys, hard));
    }
}
