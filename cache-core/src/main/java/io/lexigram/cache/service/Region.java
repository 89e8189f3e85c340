package io.lexigram.cache.service;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.invalidate.Groups;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flights;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace on one backend: its store, its loads under way, its counters. Every handle of the namespace shares it.
 *
 * <p>Its operations are strict: they throw a {@link CacheException} on a fault, placed and counted. Every write and every
 * invalidation goes through here, because each must {@linkplain Flights#revoke revoke} the loads that it overtakes.
 */
final class Region {

    private final String namespace;
    private final CacheBackend backend;
    private final String backendName;
    private final CachePolicy policy;
    private final Engine engine;
    private final EntryStore store;
    private final @Nullable SharedLoads shared;
    private final NearCopies copies;
    private final Invalidations invalidations;
    private final boolean local;
    private final Groups groups;
    private final Flights flights;
    private final Counters counters = new Counters();
    private final EventDispatcher events;
    private final RegionReport told;
    private final FaultLog faults;
    private final Usage usage;

    Region(String namespace, CachePolicy policy, CacheBackend backend, Codec codec, Engine engine) {
        this.namespace = namespace;
        this.backend = backend;
        this.backendName = policy.backend();
        this.policy = policy;
        this.engine = engine;
        this.usage = new Usage(engine.time());
        this.local = backend.isLocal();
        this.groups = engine.groups();
        this.flights = new Flights(engine.flightLimit(), groups);
        this.events = engine.events();
        this.faults = new FaultLog(displayName(), engine.time());
        this.told = new RegionReport(displayName(), policy, counters, faults, events);
        this.store = backend.open(new StoreSpec(
                namespace, policy.maxEntries(), codec, engine.codecs(), policy.schemaVersion(), isTimed(policy), told));
        this.shared = store instanceof SharedLoads loads ? loads : null;
        this.invalidations = new Invalidations(this, namespace, store, backend, groups);
        this.copies = new NearCopies(store, invalidations);
    }

    private static boolean isTimed(CachePolicy policy) {
        return policy.sliding() || policy.failSafe() != null || policy.refreshAhead() != null;
    }

    String displayName() {
        return namespace.isEmpty() ? CacheService.UNNAMED : namespace;
    }

    CachePolicy policy() {
        return policy;
    }

    Engine engine() {
        return engine;
    }

    Counters counters() {
        return counters;
    }

    RegionReport told() {
        return told;
    }

    Flights flights() {
        return flights;
    }

    FaultLog faults() {
        return faults;
    }

    CacheBackend backend() {
        return backend;
    }

    EntryStore store() {
        return store;
    }

    /** The loads this region shares with other processes; null where its entries are this process's own. */
    @Nullable
    SharedLoads sharedLoads() {
        return shared;
    }

    Invalidations invalidations() {
        return invalidations;
    }

    boolean isLocal() {
        return local;
    }

    CacheKey keyOf(String key) {
        CacheKey checked = CacheKey.of(key);
        return namespace.isEmpty() ? checked : checked.in(namespace);
    }

    Usage usage() {
        return usage;
    }

    // Reads

    /** The live entry, counted as hit or miss. */
    @Nullable
    StoredEntry find(String key, TypeRef<?> type) {
        return counted(key, findAny(key, type));
    }

    private @Nullable StoredEntry counted(String key, @Nullable StoredEntry entry) {
        if (entry == null || isStale(entry)) {
            missed(key);
            return null;
        }
        hit(key, entry);
        return entry;
    }

    /** Past its lifetime or not. A key of a local store is checked on a miss: an invalid one is never stored. */
    private @Nullable StoredEntry findAny(String key, TypeRef<?> type) {
        StoredEntry entry = findAnyLocal(key, type);
        return entry == null && !local ? readAny(key, type) : entry;
    }

    private @Nullable StoredEntry findAnyLocal(String key, TypeRef<?> type) {
        if (key == null) {
            throw new CacheKeyException("The key is null. Give it at least one character.");
        }
        return local ? store.read(key, type) : copies.find(key, type);
    }

    /** The live entry, counted as a hit, where this process can serve it by itself; else null, counted as nothing. */
    @Nullable
    StoredEntry findLocal(String key, TypeRef<?> type) {
        StoredEntry entry = findAnyLocal(key, type);
        if (entry == null || isStale(entry)) {
            return null;
        }
        hit(key, entry);
        return entry;
    }

    /** As {@link #find}, before a load: where loads are shared as {@link #findLocal}, for who claims the load finds out. */
    @Nullable
    StoredEntry findHere(String key, TypeRef<?> type) {
        return shared == null ? find(key, type) : findLocal(key, type);
    }

    NearCopies copies() {
        return copies;
    }

    /** As {@link #find}, and counted likewise, but one that is past its lifetime is found too. */
    @Nullable
    StoredEntry findOrStale(String key, TypeRef<?> type) {
        StoredEntry entry = findAny(key, type);
        StoredEntry unused = counted(key, entry);
        return entry;
    }

    boolean isStale(StoredEntry entry) {
        return entry.graceMillis() != 0 && entry.isStale(engine.time().millis());
    }

    void hit(String key, StoredEntry entry) {
        if (entry.isUnconfirmed()) {
            told.staleServed(key);
            return;
        }
        counters.hits.increment();
        if (policy.accessTracking()) {
            store.accessed(key, entry);
        }
        if (policy.sliding()) {
            slide(key, entry);
        }
        if (events.wantsHits()) {
            events.publish(new CacheEvent.Hit(displayName(), key));
        }
    }

    /** A tenth of the idle time may pass before the end of life is moved: a hit is no write. */
    private void slide(String key, StoredEntry entry) {
        long now = engine.time().millis();
        long end = EntryFactory.slidingEnd(entry, policy, now);
        if (end - entry.expiresAtMillis() > EntryFactory.millis(policy.pointerTtl()) / 10) {
            store.extend(key, entry, end - now);
        }
    }

    void missed(String key) {
        if (local) {
            CacheKey.of(key);
        }
        counters.misses.increment();
        if (events.wantsMisses()) {
            events.publish(new CacheEvent.Miss(displayName(), key));
        }
    }

    /** The live entry, counted as nothing. */
    @Nullable
    StoredEntry peek(String key, TypeRef<?> type) {
        StoredEntry entry = readAny(key, type);
        return entry == null || isStale(entry) ? null : entry;
    }

    /** The entry, past its lifetime or not, counted as nothing. */
    @Nullable
    StoredEntry readAny(String key, TypeRef<?> type) {
        CacheKey.of(key);
        return call(key, () -> {
            invalidations.requireDelivered(key);
            return store.read(key, type);
        });
    }

    Map<String, StoredEntry> findMany(Collection<String> keys, TypeRef<?> type) {
        keys.forEach(CacheKey::of);
        Map<String, StoredEntry> found = readLive(keys, type);
        for (String key : keys) {
            StoredEntry entry = found.get(key);
            if (entry == null) {
                missed(key);
            } else {
                hit(key, entry);
            }
        }
        return found;
    }

    /** The live entries among the keys, counted as nothing. */
    Map<String, StoredEntry> peekMany(Collection<String> keys, TypeRef<?> type) {
        return keys.isEmpty() ? Map.of() : readLive(keys, type);
    }

    private Map<String, StoredEntry> readLive(Collection<String> keys, TypeRef<?> type) {
        Map<String, StoredEntry> found = call(null, () -> store.readMany(keys, type));
        found.entrySet().removeIf(entry -> isStale(entry.getValue()) || invalidations.isAwaited(entry.getKey()));
        return found;
    }

    boolean contains(String key) {
        CacheKey.of(key);
        return other(key, () -> {
            invalidations.requireDelivered(key);
            return store.contains(key);
        });
    }

    long ttl(String key) {
        CacheKey.of(key);
        return other(key, () -> {
            invalidations.requireDelivered(key);
            return store.ttl(key);
        });
    }

    Stream<String> keys(Glob glob) {
        return other(
                null,
                () -> KeyStreams.watched(store.keys(glob, glob.literalPrefix()), fault -> {
                    throw told.failed(null, fault);
                }));
    }

    // Writes

    void write(String key, StoredEntry entry) {
        CacheKey.of(key);
        flights.revoke(key);
        counters.puts.increment();
        writing(List.of(key), () -> run(key, () -> store.write(key, entry)));
        flights.revoke(key);
        told.stored(key);
    }

    private void writing(Collection<String> keys, Runnable write) {
        try {
            write.run();
        } catch (CacheBackendException e) {
            invalidations.outdated(keys);
            throw e;
        }
    }

    /** Waits for a fill under way first, lest it overwrite the winner. */
    boolean writeIfAbsent(String key, StoredEntry entry) {
        CacheKey.of(key);
        flights.revoke(key);
        boolean written = call(key, () -> store.writeIfAbsent(key, entry));
        if (written) {
            counters.puts.increment();
            flights.revoke(key);
            told.stored(key);
        }
        return written;
    }

    void writeMany(Map<String, StoredEntry> entries) {
        entries.keySet().forEach(CacheKey::of);
        entries.keySet().forEach(flights::revoke);
        counters.puts.add(entries.size());
        writing(entries.keySet(), () -> run(null, () -> store.writeMany(entries)));
        entries.keySet().forEach(flights::revoke);
        told.stored(entries.keySet());
    }

    /**
     * Stores what a load made, unless its fence was revoked, a group it belongs to was invalidated since, or the lease is
     * not the key's any more.
     */
    boolean fill(Fence fence, @Nullable Lease lease, StoredEntry entry) {
        if (!fence.beginFill()) {
            return false;
        }
        try {
            if (!flights.groupsValid(fence, entry.tags())) {
                return false;
            }
            counters.puts.increment();
            boolean stored = call(fence.key(), () -> store(fence.key(), lease, entry));
            if (stored) {
                told.stored(fence.key());
            }
            return stored;
        } finally {
            fence.endFill();
        }
    }

    private boolean store(String key, @Nullable Lease lease, StoredEntry entry) {
        if (lease != null && shared != null) {
            return shared.fill(lease, entry);
        }
        store.write(key, entry);
        return true;
    }

    boolean expire(String key, long ttlMillis) {
        CacheKey.of(key);
        return other(key, () -> store.expire(key, ttlMillis));
    }

    long increment(String key, long by, long ttlMillis) {
        CacheKey.of(key);
        try {
            flights.revoke(key);
            return other(key, () -> store.increment(key, by, ttlMillis));
        } catch (ArithmeticException e) {
            throw new CacheCapacityException(
                            "Adding " + by + " takes the counter out of 64 bits; it keeps its value", e)
                    .at(backendName, displayName(), shown(key));
        } finally {
            flights.revoke(key);
        }
    }

    void resetCounter(String key, long value, long ttlMillis) {
        CacheKey.of(key);
        flights.revoke(key);
        counters.puts.increment();
        try {
            run(key, () -> store.resetCounter(key, value, ttlMillis));
            told.stored(key);
        } finally {
            flights.revoke(key);
        }
    }

    /** Takes the right to store from the loads of the keys that pass. */
    void revoke(Predicate<String> keys) {
        flights.revoke(keys);
    }

    // What is known

    CacheStats stats() {
        return counters.stats(store.contents());
    }

    EntryStore.Contents contents() {
        return store.contents();
    }

    long cleanupExpired() {
        return call(null, store::cleanupExpired);
    }

    <T> @Nullable T unwrap(Class<T> type) {
        T found = store.unwrap(type);
        return found == null ? backend.unwrap(type) : found;
    }

    void close() {
        usage.end();
        flights.revoke(key -> true);
        store.close();
    }

    // Faults and time

    /** The key as a log line or an exception may show it. */
    String shown(String key) {
        return told.shown(key);
    }

    private <T> T other(@Nullable String key, Supplier<T> operation) {
        counters.otherOperations.increment();
        return call(key, operation);
    }

    private void run(@Nullable String key, Runnable operation) {
        this.<@Nullable Void>call(key, () -> {
            operation.run();
            return null;
        });
    }

    /** Keeps a fault from the caller, or throws it. A key that cannot be one is the caller's fault, not the cache's. */
    void rescue(CachePolicy asked, String operation, CacheException fault) {
        if (!asked.failOpen() || fault instanceof CacheKeyException) {
            throw fault;
        }
        faults.fault(operation, fault);
    }

    <T extends @Nullable Object> T call(@Nullable String key, Supplier<T> operation) {
        long started = local ? 0 : engine.time().nanos();
        try {
            return operation.get();
        } catch (CacheException e) {
            throw told.failed(key, e);
        } finally {
            if (!local) {
                counters.remoteNanos.add(engine.time().nanos() - started);
            }
        }
    }
}
