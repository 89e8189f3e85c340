package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The typed operations of a region, each of which throws on a fault. */
final class StrictCache<V> {

    private final Region region;
    private final TypeRef<V> type;
    private final CachePolicy policy;

    StrictCache(Region region, TypeRef<V> type, CachePolicy policy) {
        this.region = region;
        this.type = type;
        this.policy = policy;
    }

    Region region() {
        return region;
    }

    /** The store has compared the entry's type with the type it was asked for. */
    @SuppressWarnings("unchecked")
    static <V> @Nullable V value(StoredEntry entry, TypeRef<V> type) {
        return (V) entry.value();
    }

    @Nullable
    V get(String key) {
        StoredEntry entry = region.find(key, type);
        return entry == null ? null : value(entry, type);
    }

    /** A fault is an outcome of its own here, and not thrown. */
    Lookup<V> lookup(String key) {
        try {
            StoredEntry entry = region.findOrStale(key, type);
            if (entry == null) {
                return new Lookup.Miss<>();
            }
            return region.isStale(entry) || entry.isUnconfirmed()
                    ? new Lookup.Stale<>(value(entry, type))
                    : new Lookup.Hit<>(value(entry, type));
        } catch (CacheKeyException e) {
            throw e;
        } catch (CacheException e) {
            return new Lookup.Failed<>(e);
        }
    }

    @Nullable
    CacheEntry<V> getEntry(String key) {
        StoredEntry entry = region.peek(key, type);
        if (entry == null) {
            return null;
        }
        long expires = entry.expiresAtMillis();
        return new CacheEntry<>(
                region.keyOf(key).tagged(entry.tags().toArray(String[]::new)),
                value(entry, type),
                Instant.ofEpochMilli(entry.createdAtMillis()),
                expires == StoredEntry.NEVER ? null : Instant.ofEpochMilli(expires),
                entry.hits(),
                Instant.ofEpochMilli(entry.lastAccessMillis()),
                entry.version(),
                entry.tags());
    }

    BatchResult<V> getMany(Collection<String> keys) {
        Set<String> distinct = new LinkedHashSet<>(keys);
        Map<String, StoredEntry> found = region.findMany(distinct, type);
        Map<String, Lookup<V>> lookups = new LinkedHashMap<>();
        for (String key : distinct) {
            StoredEntry entry = found.get(key);
            lookups.put(key, entry == null ? new Lookup.Miss<>() : new Lookup.Hit<>(value(entry, type)));
        }
        return new BatchResult<>(lookups);
    }

    static <V> BatchResult<V> allFailed(Collection<String> keys, CacheException cause) {
        Map<String, Lookup<V>> lookups = new LinkedHashMap<>();
        keys.forEach(key -> lookups.put(key, new Lookup.Failed<>(cause)));
        return new BatchResult<>(lookups);
    }

    /** A null where nulls are not cached removes what was there: the old value would be wrong. */
    void put(String key, @Nullable V value, CallOptions options) {
        if (isStorable(value)) {
            region.write(key, entry(value, options));
        } else if (value == null) {
            region.invalidations().remove(key);
        }
    }

    boolean putIfAbsent(String key, @Nullable V value, CallOptions options) {
        return isStorable(value) && region.writeIfAbsent(key, entry(value, options));
    }

    void putMany(Map<String, ? extends @Nullable V> values, CallOptions options) {
        Map<String, StoredEntry> entries = new LinkedHashMap<>();
        List<String> absent = new ArrayList<>();
        values.forEach((key, value) -> {
            if (isStorable(value)) {
                entries.put(key, entry(value, options));
            } else if (value == null) {
                absent.add(key);
            }
        });
        if (!entries.isEmpty()) {
            region.writeMany(entries);
        }
        if (!absent.isEmpty()) {
            region.invalidations().removeMany(absent);
        }
    }

    long invalidateTags(String... tags) {
        return region.invalidations()
                .removeTagged(List.copyOf(CallOptions.NONE.tags(tags).tags()));
    }

    long deletePattern(String pattern) {
        return region.invalidations().removeMatching(Glob.of(pattern));
    }

    boolean expire(String key, Duration ttl) {
        return region.expire(key, EntryFactory.millis(CallOptions.NONE.ttl(ttl).ttl()));
    }

    /** The remaining lifetime; null where there is no entry or it never expires. */
    @Nullable
    Duration ttl(String key) {
        long millis = region.ttl(key);
        return millis < 0 || millis == StoredEntry.NEVER ? null : Duration.ofMillis(millis);
    }

    long increment(String key, long by) {
        return region.increment(key, by, region.engine().entries().counterTtl(policy));
    }

    long decrement(String key, long by) {
        if (by == Long.MIN_VALUE) {
            throw new CacheCapacityException("Subtracting " + by + " is adding a number of more than 64 bits");
        }
        return increment(key, -by);
    }

    void resetCounter(String key, long value) {
        region.resetCounter(key, value, region.engine().entries().counterTtl(policy));
    }

    Stream<String> keys(String pattern) {
        return region.keys(Glob.of(pattern));
    }

    private boolean isStorable(@Nullable Object value) {
        return EntryFactory.isStorable(value, policy);
    }

    private StoredEntry entry(@Nullable V value, CallOptions options) {
        return region.engine().entries().entry(value, type, policy, options);
    }
}
