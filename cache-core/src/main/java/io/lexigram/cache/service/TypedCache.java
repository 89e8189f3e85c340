package io.lexigram.cache.service;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.AsyncCache;
import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheEntry;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheLoader;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.LookupInfo;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.ResultCache;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The handle of one namespace: the strict operations, with faults kept from the caller where the policy says so. */
final class TypedCache<V> implements Cache<V> {

    /** In the place of an entry that could not be read. */
    private static final StoredEntry UNREADABLE =
            new StoredEntry(null, StoredEntry.ANY_SCHEMA, 0, StoredEntry.NEVER, 0, null, Set.of());

    private final Region region;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final Function<String, Cache<V>> siblings;
    private final StrictCache<V> strict;
    private final Loads loads;
    private final BatchLoads batches;

    /** The siblings are the handles of the same namespace on other backends. */
    TypedCache(Region region, TypeRef<V> type, CachePolicy policy, Function<String, Cache<V>> siblings) {
        this.region = region;
        this.type = type;
        this.policy = policy;
        this.siblings = siblings;
        this.strict = new StrictCache<>(region, type, policy);
        this.loads = new Loads(region);
        this.batches = new BatchLoads(region, loads);
    }

    @Override
    public String name() {
        return region.displayName();
    }

    @Override
    public TypeRef<V> type() {
        return type;
    }

    @Override
    public CachePolicy policy() {
        return policy;
    }

    @Override
    public @Nullable V get(String key) {
        StoredEntry entry;
        try {
            entry = region.find(key, type);
        } catch (CacheException e) {
            rescue("reading", e);
            return null;
        }
        return entry == null ? null : StrictCache.value(entry, type);
    }

    @Override
    public @Nullable V getLocal(String key, @Nullable V other) {
        StoredEntry entry = region.findLocal(key, type);
        if (entry == null) {
            region.keyOf(key);
            return other;
        }
        return StrictCache.value(entry, type);
    }

    @Override
    public <X extends Throwable> @Nullable V get(String key, CacheLoader<? extends V, X> loader, CallOptions options)
            throws X {
        StoredEntry found = foundHere(key, options);
        return found != null && isAnswer(found)
                ? StrictCache.value(found, type)
                : this.<X>load(key, found, context -> loader.load(), options);
    }

    @Override
    public <X extends Throwable> @Nullable V get(String key, AdaptiveLoader<? extends V, X> loader, CallOptions options)
            throws X {
        StoredEntry found = foundHere(key, options);
        return found != null && isAnswer(found) ? StrictCache.value(found, type) : load(key, found, loader, options);
    }

    @Override
    public Function<String, @Nullable V> memoize(Function<String, ? extends @Nullable V> loader) {
        return key -> {
            StoredEntry found = foundHere(key, CallOptions.NONE);
            return found != null && isAnswer(found)
                    ? StrictCache.value(found, type)
                    : this.<RuntimeException>load(key, found, context -> loader.apply(key), CallOptions.NONE);
        };
    }

    /** The live entry that this process has, null where there is none, {@link #UNREADABLE} where it cannot be told. */
    private @Nullable StoredEntry foundHere(String key, CallOptions options) {
        region.copies().dropUnwanted(key, options);
        if (!options.isRead()) {
            region.keyOf(key);
            return null;
        }
        try {
            return region.findHere(key, type);
        } catch (CacheException e) {
            rescue("reading", e);
            return UNREADABLE;
        }
    }

    /** Whether what was found is all there is to say: nothing is to be loaded, nor to be refreshed. */
    private boolean isAnswer(StoredEntry found) {
        return found != UNREADABLE && policy.refreshAhead() == null;
    }

    private <X extends Throwable> @Nullable V load(
            String key, @Nullable StoredEntry found, AdaptiveLoader<? extends V, X> loader, CallOptions options)
            throws X {
        LoadRequest<V> request = new LoadRequest<>(key, type, policy, options, found != UNREADABLE);
        if (found == null || found == UNREADABLE) {
            return loads.load(request, loader);
        }
        loads.refreshIfDue(request, found, loader);
        return StrictCache.value(found, type);
    }

    @Override
    public Lookup<V> lookup(String key) {
        return strict.lookup(key);
    }

    @Override
    public LookupInfo<V> inspect(String key) {
        long started = region.engine().time().nanos();
        String answeredBy = policy.backend() + region.copies().tier(key, type);
        Lookup<V> lookup = strict.lookup(key);
        Duration latency = Duration.ofNanos(region.engine().time().nanos() - started);
        return new LookupInfo<>(lookup, answeredBy, latency);
    }

    @Override
    public Optional<CacheEntry<V>> getEntry(String key) {
        return guarded("reading", Optional.empty(), () -> Optional.ofNullable(strict.getEntry(key)));
    }

    @Override
    public BatchResult<V> getMany(Collection<String> keys) {
        try {
            return strict.getMany(keys);
        } catch (CacheException e) {
            rescue("reading", e);
            return StrictCache.allFailed(keys, e);
        }
    }

    @Override
    public <X extends Throwable> Map<String, @Nullable V> getAll(
            Collection<String> keys, BatchLoader<? extends V, X> loader, CallOptions options) throws X {
        keys.forEach(key -> region.copies().dropUnwanted(key, options));
        return batches.getAll(keys, type, policy, options, loader);
    }

    @Override
    public void put(String key, @Nullable V value, CallOptions options) {
        guarded("writing", () -> strict.put(key, value, options));
    }

    @Override
    public boolean putIfAbsent(String key, @Nullable V value, CallOptions options) {
        return guarded("writing", false, () -> strict.putIfAbsent(key, value, options));
    }

    @Override
    public void putMany(Map<String, ? extends @Nullable V> values, CallOptions options) {
        guarded("writing", () -> strict.putMany(values, options));
    }

    @Override
    public Reservation<V> reserve(String key) {
        region.keyOf(key);
        return new FencedReservation<>(region, region.flights().reserve(key), type, policy);
    }

    @Override
    public boolean delete(String key) {
        return guarded("invalidating", false, () -> region.invalidations().remove(key));
    }

    @Override
    public long deleteMany(Collection<String> keys) {
        return guarded("invalidating", 0L, () -> region.invalidations().removeMany(keys));
    }

    @Override
    public long invalidateTags(String... tags) {
        return guarded("invalidating", 0L, () -> strict.invalidateTags(tags));
    }

    @Override
    public long deletePattern(String pattern) {
        return guarded("invalidating", 0L, () -> strict.deletePattern(pattern));
    }

    @Override
    public long clear() {
        return guarded("invalidating", 0L, region.invalidations()::clear);
    }

    @Override
    public boolean exists(String key) {
        return guarded("reading", false, () -> region.contains(key));
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        return guarded("writing", false, () -> strict.expire(key, ttl));
    }

    @Override
    public Optional<Duration> ttl(String key) {
        return guarded("reading", Optional.empty(), () -> Optional.ofNullable(strict.ttl(key)));
    }

    @Override
    public long increment(String key, long by) {
        return strict.increment(key, by);
    }

    @Override
    public Stream<String> keys(String pattern) {
        return guarded(
                "reading", Stream.empty(), () -> KeyStreams.watched(strict.keys(pattern), e -> rescue("reading", e)));
    }

    @Override
    public CacheStats stats() {
        return region.stats();
    }

    @Override
    public void resetStats() {
        region.counters().reset();
    }

    @Override
    public long cleanupExpired() {
        return guarded("cleaning up", 0L, region::cleanupExpired);
    }

    @Override
    public Cache<V> on(String backend) {
        return siblings.apply(backend);
    }

    @Override
    public VersionedCache<V> versioned() {
        return new TypedVersions<>(this, new StrictVersions<>(region, type, policy, false));
    }

    @Override
    public ResultCache<V> results() {
        return new ResultView<>(strict);
    }

    @Override
    public AsyncCache<V> async() {
        return new AsyncView<>(this, region, policy);
    }

    /** Notes that somebody asked for the region. */
    void used() {
        region.usage().used();
    }

    /** Runs the operations of this handle without blocking. */
    Stages stages() {
        return new Stages(region.isLocal(), region.engine().executor());
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        T found = region.unwrap(type);
        if (found == null) {
            throw new IllegalArgumentException("Cache '" + name() + "' on backend '" + policy.backend() + "' has no "
                    + type.getName() + " behind it, or is not connected yet");
        }
        return found;
    }

    @Override
    public String toString() {
        return "Cache[" + name() + " of " + type + " on " + policy.backend() + "]";
    }

    private <T> T guarded(String operation, T fallback, Supplier<T> body) {
        try {
            return body.get();
        } catch (CacheException e) {
            rescue(operation, e);
            return fallback;
        }
    }

    private void guarded(String operation, Runnable body) {
        try {
            body.run();
        } catch (CacheException e) {
            rescue(operation, e);
        }
    }

    /** Keeps a fault from the caller, or throws it. A key that cannot be one is the caller's fault, not the cache's. */
    void rescue(String operation, CacheException fault) {
        region.rescue(policy, operation, fault);
    }
}
