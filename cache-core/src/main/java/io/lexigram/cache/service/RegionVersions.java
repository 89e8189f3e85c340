package io.lexigram.cache.service;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionedEntries;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import io.lexigram.cache.spi.VersionedEntries.Result;
import io.lexigram.cache.spi.VersionedEntries.Write;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of a region's entries. Like the region's own, these operations are strict, and revoke the loads they overtake. */
final class RegionVersions {

    private final Region region;
    private final VersionedEntries versions;

    /** @throws UnsupportedOperationException where the backend keeps no versions */
    RegionVersions(Region region) {
        this.region = region;
        this.versions = region.store().versions();
    }

    /** The live entry of a version, counted as hit or miss. */
    @Nullable
    StoredEntry find(String key, String version, TypeRef<?> type) {
        CacheKey.of(key);
        StoredEntry entry = region.call(key, () -> {
            region.invalidations().requireDelivered(key);
            return versions.read(key, version, type);
        });
        if (entry == null) {
            region.counters().misses.increment();
            region.told().missed(key);
        } else {
            region.counters().hits.increment();
            region.told().hit(key);
        }
        return entry;
    }

    List<Outcome> write(List<Write> writes) {
        writes.forEach(write -> CacheKey.of(write.key()));
        writes.forEach(write -> region.flights().revoke(write.key()));
        try {
            List<Outcome> outcomes = region.call(placed(writes), () -> versions.write(writes));
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).result() == Result.STORED) {
                    region.counters().puts.increment();
                    region.told().stored(writes.get(i).key());
                }
            }
            return outcomes;
        } catch (CacheBackendException e) {
            region.invalidations().outdated(writes.stream().map(Write::key).toList());
            throw e;
        } finally {
            writes.forEach(write -> region.flights().revoke(write.key()));
        }
    }

    private static @Nullable String placed(List<Write> writes) {
        return writes.size() == 1 ? writes.get(0).key() : null;
    }

    long removeCurrent(Collection<String> keys) {
        return region.invalidations().removeMany(keys, versions::removeCurrent);
    }
}
