package io.lexigram.cache.backend.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Policy.VarExpiration;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace in one Caffeine cache. As long as not half of its room is taken its reads are not noted for the eviction. Caffeine
 * leaves that out by itself, but not where entries have lifetimes of their own.
 */
class MemoryStore implements EntryStore {

    private final StoreSpec spec;
    private final TimeSource time;
    private final Cache<String, StoredEntry> cache;
    private final Policy<String, StoredEntry> policy;
    private final VarExpiration<String, StoredEntry> expiration;
    private final long halfOfRoom;
    private final EntryAges ages;
    private final MemoryCounters counters;
    private final MemoryVersions versions;
    private final Runnable onClose;

    /** Whether less than half of the room was taken when something was last written. */
    private volatile boolean roomy;

    MemoryStore(StoreSpec spec, MemoryBackend.Settings settings, Runnable onClose) {
        this.spec = spec;
        this.time = settings.time();
        this.cache = build(spec, settings);
        this.policy = cache.policy();
        this.expiration = policy.expireVariably().orElseThrow();
        // The size says nothing of weights.
        this.halfOfRoom = settings.maxMemory() == null ? maxSize(spec, settings) / 2 : 0;
        this.roomy = halfOfRoom > 0;
        this.ages = new EntryAges(cache.asMap(), time);
        this.counters = new MemoryCounters(cache.asMap(), time);
        this.versions = new MemoryVersions(this, spec, settings);
        this.onClose = onClose;
    }

    private static long maxSize(StoreSpec spec, MemoryBackend.Settings settings) {
        return spec.maxEntries() == null ? settings.maxSize() : spec.maxEntries();
    }

    private static Cache<String, StoredEntry> build(StoreSpec spec, MemoryBackend.Settings settings) {
        long maxSize = maxSize(spec, settings);
        LongSupplier ticker = spec.ticker() == null ? settings.time().ticker() : spec.ticker();
        var caffeine = Caffeine.newBuilder()
                .expireAfter(new EntryExpiry(settings.time()))
                .ticker(ticker::getAsLong)
                .executor(settings.executor())
                .scheduler(Scheduler.systemScheduler())
                .evictionListener(new Evictions(spec.listener()));
        Long maxMemory = settings.maxMemory();
        return maxMemory == null
                ? caffeine.maximumSize(maxSize).build()
                : caffeine.maximumWeight(maxMemory)
                        .weigher(new EntryWeigher(spec.codec(), maxSize, maxMemory))
                        .build();
    }

    /** The same schema object is the common case: a handle reads what it wrote. Others are compared by value. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        StoredEntry entry = roomy ? policy.getIfPresentQuietly(key) : cache.getIfPresent(key);
        if (entry == null || entry.schema() == type.schema()) {
            return entry;
        }
        return readAs(key, entry, type);
    }

    private @Nullable StoredEntry readAs(String key, StoredEntry entry, TypeRef<?> type) {
        try {
            return Conversions.readAs(entry, type, spec.codec());
        } catch (CacheSerializationException e) {
            undecodable(key, entry, e);
            return null;
        }
    }

    /** What is stored for an entry that a caller gave. */
    StoredEntry own(StoredEntry entry) {
        return entry;
    }

    /** What a reader gets of a stored entry. @throws CacheSerializationException when it is no value of the type */
    StoredEntry served(StoredEntry entry, TypeRef<?> type) {
        return Conversions.readAs(entry, type, spec.codec());
    }

    @Override
    public VersionedEntries versions() {
        return versions;
    }

    final void writeCurrent(String key, StoredEntry entry, long lifeMillis) {
        if (expiration.put(key, entry, EntryExpiry.nanos(lifeMillis), TimeUnit.NANOSECONDS) != null) {
            spec.listener().removed(key, RemovalCause.REPLACED);
        }
        written();
    }

    private void written() {
        boolean isRoomy = cache.estimatedSize() < halfOfRoom;
        if (roomy != isRoomy) {
            roomy = isRoomy;
        }
    }

    final void undecodable(String key, StoredEntry entry, CacheSerializationException cause) {
        if (!StoredEntry.COUNTER_SCHEMA.equals(entry.schema())) {
            cache.asMap().remove(key, entry);
        }
        spec.listener().undecodable(key, cause);
    }

    /** The entry itself, which this look does not count as a read of. */
    final @Nullable StoredEntry held(String key) {
        return policy.getIfPresentQuietly(key);
    }

    @Override
    public Map<String, StoredEntry> readMany(Collection<String> keys, TypeRef<?> type) {
        Map<String, StoredEntry> found = new LinkedHashMap<>();
        for (String key : keys) {
            StoredEntry entry = read(key, type);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return found;
    }

    @Override
    public void write(String key, StoredEntry entry) {
        if (cache.asMap().put(key, entry) != null) {
            spec.listener().removed(key, RemovalCause.REPLACED);
        }
        written();
    }

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        StoredEntry present = cache.asMap().putIfAbsent(key, entry);
        written();
        return present == null || isStale(present) && cache.asMap().replace(key, present, entry);
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {
        entries.forEach(this::write);
    }

    @Override
    public boolean remove(String key) {
        return versions.remove(key, () -> removeCurrent(key));
    }

    final boolean removeCurrent(String key) {
        StoredEntry removed = cache.asMap().remove(key);
        if (removed == null || isStale(removed)) {
            return false;
        }
        spec.listener().removed(key, RemovalCause.EXPLICIT);
        return true;
    }

    @Override
    public long removeMany(Collection<String> keys) {
        return keys.stream().distinct().filter(this::remove).count();
    }

    @Override
    public long removeMatching(Predicate<String> key, String literalPrefix) {
        return Stream.concat(cache.asMap().keySet().stream(), versions.keys())
                .filter(k -> k.startsWith(literalPrefix) && key.test(k))
                .filter(this::remove)
                .count();
    }

    @Override
    public long removeTagged(String tag) {
        long removed = 0;
        for (Map.Entry<String, StoredEntry> entry : cache.asMap().entrySet()) {
            if (entry.getValue().tags().contains(tag)
                    && cache.asMap().remove(entry.getKey(), entry.getValue())
                    && !isStale(entry.getValue())) {
                spec.listener().removed(entry.getKey(), RemovalCause.EXPLICIT);
                removed++;
            }
        }
        versions.removeTagged(tag);
        return removed;
    }

    @Override
    public long clear() {
        return Stream.concat(cache.asMap().keySet().stream(), versions.keys())
                .filter(this::remove)
                .count();
    }

    @Override
    public boolean contains(String key) {
        StoredEntry entry = policy.getIfPresentQuietly(key);
        return entry != null && !isStale(entry);
    }

    @Override
    public boolean expire(String key, long ttlMillis) {
        StoredEntry entry = held(key);
        if (entry == null || isStale(entry)) {
            return false;
        }
        synchronized (entry) {
            end(key, entry, ttlMillis == StoredEntry.NEVER ? StoredEntry.NEVER : time.millis() + ttlMillis);
        }
        return true;
    }

    @Override
    public void extend(String key, StoredEntry read, long ttlMillis) {
        StoredEntry entry = held(key);
        if (entry == null || isStale(entry) || !isSame(entry, read)) {
            return;
        }
        synchronized (entry) {
            long end = time.millis() + ttlMillis;
            if (end > entry.expiresAtMillis()) {
                end(key, entry, end);
            }
        }
    }

    /** Whether a read copied this entry. */
    private static boolean isSame(StoredEntry entry, StoredEntry read) {
        return entry.createdAtMillis() == read.createdAtMillis()
                && entry.ttlMillis() == read.ttlMillis()
                && !entry.schema().equals(StoredEntry.COUNTER_SCHEMA);
    }

    /** What took the entry's place while its end was set has its own. */
    private void end(String key, StoredEntry entry, long endMillis) {
        entry.expiresAtMillis(endMillis);
        StoredEntry ended;
        StoredEntry held = entry;
        do {
            ended = held;
            long kept = ended.keptMillis(time.millis());
            expiration.setExpiresAfter(key, EntryExpiry.nanos(kept), TimeUnit.NANOSECONDS);
            held = held(key);
        } while (held != null && held != ended);
    }

    @Override
    public long ttl(String key) {
        StoredEntry entry = policy.getIfPresentQuietly(key);
        if (entry == null) {
            return -1;
        }
        if (entry.expiresAtMillis() == StoredEntry.NEVER) {
            return StoredEntry.NEVER;
        }
        OptionalLong nanos = expiration.getExpiresAfter(key, TimeUnit.NANOSECONDS);
        return nanos.isEmpty()
                ? -1
                : Math.max(-1, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()) - entry.graceMillis());
    }

    @Override
    public long increment(String key, long by, long ttlMillis) {
        return counters.add(key, by, ttlMillis);
    }

    @Override
    public void resetCounter(String key, long value, long ttlMillis) {
        write(key, counters.entry(value, ttlMillis));
    }

    @Override
    public Stream<String> keys(Predicate<String> key, String literalPrefix) {
        return cache.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(literalPrefix) && key.test(entry.getKey()))
                .filter(entry -> !isStale(entry.getValue()))
                .map(Map.Entry::getKey);
    }

    @Override
    public void accessed(String key, StoredEntry entry) {
        entry.accessed(1, time.millis());
    }

    /** Past its lifetime, an entry counts as absent for all but the loads that it stands in for. */
    private boolean isStale(StoredEntry entry) {
        return entry.graceMillis() != 0 && entry.isStale(time.millis());
    }

    @Override
    public long cleanupExpired() {
        long before = cache.estimatedSize();
        cache.cleanUp();
        return Math.max(0, before - cache.estimatedSize());
    }

    @Override
    public Contents contents() {
        long entries = cache.estimatedSize();
        OptionalLong weight =
                cache.policy().eviction().map(e -> e.weightedSize()).orElse(OptionalLong.empty());
        return ages.contents(entries, weight);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(cache) ? type.cast(cache) : null;
    }

    @Override
    public void close() {
        cache.invalidateAll();
        versions.close();
        onClose.run();
    }
}
