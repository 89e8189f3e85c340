package io.lexigram.cache.service;

import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheVersionException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedKey;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import io.lexigram.cache.spi.VersionedEntries.Result;
import io.lexigram.cache.spi.VersionedEntries.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The typed operations of a region by version, each of which throws on a fault. */
final class StrictVersions<V> {

    private final Region region;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final boolean ordered;

    StrictVersions(Region region, TypeRef<V> type, CachePolicy policy, boolean ordered) {
        this.region = region;
        this.type = type;
        this.policy = policy;
        this.ordered = ordered;
    }

    /** The same operations, of which a set refuses a lower version than the last one. */
    StrictVersions<V> ordered() {
        return new StrictVersions<>(region, type, policy, true);
    }

    @Nullable
    StoredEntry find(String key, String version) {
        VersionedKey<String> checked = VersionedKey.of(key, version);
        return versions().find(checked.key(), checked.version(), type);
    }

    boolean set(String key, String version, @Nullable V value, CallOptions options) {
        return write(List.of(write(VersionedKey.of(key, version), value, options))) == 1;
    }

    long setMany(Map<VersionedKey<String>, ? extends @Nullable V> values, CallOptions options) {
        List<Write> writes = new ArrayList<>(values.size());
        values.forEach((key, value) -> writes.add(write(key, value, options)));
        return write(writes);
    }

    private Write write(VersionedKey<String> key, @Nullable V value, CallOptions options) {
        if (!EntryFactory.isStorable(value, policy)) {
            throw new IllegalArgumentException("Version '%s' of key '%s' in cache '%s' is %s, which is not kept. %s"
                    .formatted(
                            key.version(),
                            region.shown(key.key()),
                            region.displayName(),
                            value == null ? "null" : "a failure",
                            value == null ? "Delete the key, or set cache-nulls: true." : "Set what succeeded."));
        }
        VersionRank rank = VersionRank.of(key.version());
        if (ordered && !rank.isComparable()) {
            throw new CacheVersionException(
                    "Version '" + key.version() + "' is neither a whole number of 64 bits nor an "
                            + "ISO-8601 time, so nothing is lower or higher. Use one of these, or set it unordered.");
        }
        StoredEntry entry = region.engine().entries().entry(value, type, policy, options);
        entry = entry.renewed(entry.createdAtMillis(), entry.ttlMillis(), 0).withVersion(key.version());
        long current = options.ttl() != null
                ? entry.ttlMillis()
                : Math.min(entry.ttlMillis(), EntryFactory.millis(policy.pointerTtl()));
        return new Write(key.key(), entry, current, rank, ordered);
    }

    private long write(List<Write> writes) {
        if (writes.isEmpty()) {
            return 0;
        }
        List<Outcome> outcomes = versions().write(writes);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).result() == Result.INCOMPARABLE) {
                throw new CacheVersionException(
                        ("Version '%s' of key '%s' is of another kind than its last version, '%s'. Use one kind for all, "
                                        + "or set it unordered once.")
                                .formatted(
                                        writes.get(i).rank().version(),
                                        region.shown(writes.get(i).key()),
                                        outcomes.get(i).last()));
            }
        }
        return outcomes.stream()
                .filter(outcome -> outcome.result() == Result.STORED)
                .count();
    }

    long deleteMany(Collection<String> keys, boolean hard) {
        RegionVersions versions = versions();
        return hard ? region.invalidations().removeMany(keys) : versions.removeCurrent(keys);
    }

    private RegionVersions versions() {
        return new RegionVersions(region);
    }
}
