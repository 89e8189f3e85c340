package io.lexigram.cache.service;

import io.lexigram.cache.AsyncVersionedCache;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.ResultVersionedCache;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedKey;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The view of a handle by version, with faults kept from the caller where the policy says so. */
final class TypedVersions<V> implements VersionedCache<V> {

    private final TypedCache<V> cache;
    private final StrictVersions<V> strict;

    TypedVersions(TypedCache<V> cache, StrictVersions<V> strict) {
        this.cache = cache;
        this.strict = strict;
    }

    @Override
    public @Nullable V get(String key) {
        return cache.get(key);
    }

    @Override
    public @Nullable V get(String key, String version) {
        try {
            StoredEntry entry = strict.find(key, version);
            return entry == null ? null : StrictCache.value(entry, cache.type());
        } catch (CacheException e) {
            cache.rescue("reading", e);
            return null;
        }
    }

    @Override
    public Lookup<V> lookup(String key, String version) {
        try {
            StoredEntry entry = strict.find(key, version);
            return entry == null ? new Lookup.Miss<>() : new Lookup.Hit<>(StrictCache.value(entry, cache.type()));
        } catch (CacheKeyException e) {
            throw e;
        } catch (CacheException e) {
            return new Lookup.Failed<>(e);
        }
    }

    @Override
    public boolean set(String key, String version, @Nullable V value, CallOptions options) {
        return guarded("writing", false, () -> strict.set(key, version, value, options));
    }

    @Override
    public long setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options) {
        return guarded("writing", 0L, () -> strict.setMany(values, options));
    }

    @Override
    public VersionedCache<V> ordered() {
        return new TypedVersions<>(cache, strict.ordered());
    }

    @Override
    public boolean delete(String key, boolean hard) {
        return deleteMany(List.of(key), hard) == 1;
    }

    @Override
    public long deleteMany(Collection<String> keys, boolean hard) {
        return guarded("invalidating", 0L, () -> strict.deleteMany(keys, hard));
    }

    @Override
    public ResultVersionedCache<V> results() {
        return new ResultVersions<>(cache, strict);
    }

    @Override
    public AsyncVersionedCache<V> async() {
        return new AsyncVersions<>(this, cache.stages());
    }

    private <T> T guarded(String operation, T fallback, Supplier<T> body) {
        try {
            return body.get();
        } catch (CacheException e) {
            cache.rescue(operation, e);
            return fallback;
        }
    }
}
