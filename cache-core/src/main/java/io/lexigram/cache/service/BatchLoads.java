package io.lexigram.cache.service;

import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.spi.StoredEntry;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads what a batch lacks in one call, each key behind a fence of its own. */
final class BatchLoads {

    private final Region region;
    private final Fills fills;

    BatchLoads(Region region) {
        this.region = region;
        this.fills = new Fills(region);
    }

    <V, X extends Throwable> Map<String, @Nullable V> getAll(
            BatchResult<V> read,
            TypeRef<V> type,
            CachePolicy policy,
            CallOptions options,
            BatchLoader<? extends V, X> loader)
            throws X {
        Set<String> wanted = new LinkedHashSet<>(read.missing());
        wanted.addAll(read.failed().keySet());
        if (wanted.isEmpty()) {
            return read.found();
        }
        Map<String, Fence> fences = new LinkedHashMap<>();
        try {
            read.missing().forEach(key -> fences.put(key, region.flights().reserve(key)));
            Map<String, ? extends @Nullable V> loaded = run(wanted, loader);
            store(loaded, fences, type, policy, options);
            return merged(read, loaded);
        } finally {
            fences.values().forEach(region.flights()::close);
        }
    }

    private <V, X extends Throwable> Map<String, ? extends @Nullable V> run(
            Set<String> keys, BatchLoader<? extends V, X> loader) throws X {
        long started = region.engine().time().nanos();
        try {
            Map<String, ? extends @Nullable V> loaded = loader.load(java.util.Collections.unmodifiableSet(keys));
            fills.succeeded(region.engine().time().nanos() - started);
            return loaded;
        } catch (Throwable failure) {
            fills.failed();
            throw failure;
        }
    }

    private void store(
            Map<String, ?> loaded,
            Map<String, Fence> fences,
            TypeRef<?> type,
            CachePolicy policy,
            CallOptions options) {
        Map<Fence, StoredEntry> entries = new LinkedHashMap<>();
        loaded.forEach((key, value) -> {
            Fence fence = fences.get(key);
            if (fence != null && Region.isStorable(value, policy)) {
                entries.put(fence, region.engine().entries().entry(value, type, policy, options));
            }
        });
        try {
            region.fillMany(entries);
        } catch (CacheException e) {
            if (!policy.failOpen()) {
                throw e;
            }
            region.faults().fault("storing loaded values", e);
        }
    }

    private static <V> Map<String, @Nullable V> merged(BatchResult<V> read, Map<String, ? extends @Nullable V> loaded) {
        Map<String, @Nullable V> all = new LinkedHashMap<>();
        read.lookups().forEach((key, lookup) -> {
            if (lookup instanceof Lookup.Hit<V> hit) {
                all.put(key, hit.value());
            } else if (loaded.containsKey(key)) {
                all.put(key, loaded.get(key));
            }
        });
        return all;
    }
}
