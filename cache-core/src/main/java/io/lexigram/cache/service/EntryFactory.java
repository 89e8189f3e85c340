package io.lexigram.cache.service;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.Result;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.XFetch;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Makes entries: decides lifetime and tags by what call, load and policy say, in this order. */
final class EntryFactory {

    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(365_000);

    private final TimeSource time;
    private final DoubleSupplier random;

    /** Takes random numbers of at least 0 and less than 1. */
    EntryFactory(TimeSource time, DoubleSupplier random) {
        this.time = time;
        this.random = random;
    }

    /** Whether a value may be stored: a failure never, a null where the policy says so. */
    static boolean isStorable(@Nullable Object value, CachePolicy policy) {
        return !(value instanceof Result.Failure) && (value != null || policy.cacheNulls());
    }

    StoredEntry entry(@Nullable Object value, TypeRef<?> type, CachePolicy policy, CallOptions options) {
        Duration lifetime = lifetime(value, policy, options.ttl(), options.lastUpdated());
        return entry(value, type, policy, lifetime, union(policy.tags(), options.tags()), 0, null);
    }

    StoredEntry loaded(
            @Nullable Object value,
            TypeRef<?> type,
            CachePolicy policy,
            CallOptions options,
            LoadScope scope,
            long loadNanos) {
        Duration lifetime = lifetime(
                value,
                policy,
                scope.ttl() == null ? options.ttl() : scope.ttl(),
                scope.lastUpdated() == null ? options.lastUpdated() : scope.lastUpdated());
        Set<String> tags = union(union(policy.tags(), options.tags()), scope.tags());
        return entry(value, type, policy, lifetime, tags, loadNanos, scope.version());
    }

    private @Nullable Duration lifetime(
            @Nullable Object value, CachePolicy policy, @Nullable Duration ttl, @Nullable Instant lastUpdated) {
        return ttl != null ? ttl : value == null ? policy.nullTtl() : ttl(policy, lastUpdated);
    }

    private StoredEntry entry(
            @Nullable Object value,
            TypeRef<?> type,
            CachePolicy policy,
            @Nullable Duration lifetime,
            Set<String> tags,
            long loadNanos,
            @Nullable String version) {
        long now = time.millis();
        long ttlMillis = jittered(lifetime, policy.jitter());
        TypeRef<?> writtenAs = type.type() == Object.class ? Untyped.typeOf(value) : type;
        StoredEntry entry = writtenAs == null
                ? new StoredEntry(value, StoredEntry.ANY_SCHEMA, now, ttlMillis, loadNanos, version, tags)
                : new StoredEntry(value, writtenAs, now, ttlMillis, loadNanos, version, tags);
        FailSafe failSafe = policy.failSafe();
        if (failSafe != null) {
            entry = entry.renewed(now, ttlMillis, millis(failSafe.window()));
        }
        if (policy.sliding()) {
            entry.expiresAtMillis(slidingEnd(entry, policy, now));
        }
        return entry;
    }

    /** The end of life of an entry of a sliding cache that is hit now. */
    static long slidingEnd(StoredEntry entry, CachePolicy policy, long nowMillis) {
        long idle = nowMillis + millis(policy.pointerTtl());
        return entry.ttlMillis() == StoredEntry.NEVER
                ? idle
                : Math.min(idle, entry.createdAtMillis() + entry.ttlMillis());
    }

    /**
     * What stands in for a while after a failed load; null where its time is over.
     *
     * @param failSafe of the cache
     */
    @Nullable
    StoredEntry throttled(StoredEntry stale, FailSafe failSafe) {
        long now = time.millis();
        long left = stale.expiresAtMillis() + stale.graceMillis() - now;
        long life = Math.min(left, Math.max(1, failSafe.throttle().toMillis()));
        return left <= 0 ? null : stale.renewed(now, life, left - life);
    }

    /** Whether a value is loaded anew although its life is not over. */
    boolean isRefreshDue(StoredEntry entry, RefreshAhead ahead) {
        return XFetch.isDue(entry, time.millis(), ahead.beta(), random.getAsDouble());
    }

    private @Nullable Duration ttl(CachePolicy policy, @Nullable Instant lastUpdated) {
        AgeTtl ageTtl = policy.ageTtl();
        return ageTtl == null
                ? policy.ttl()
                : ageTtl.ttl(lastUpdated, Instant.ofEpochMilli(time.millis()), policy.ttl());
    }

    /** The lifetime of a counter: the cache's own, without jitter. */
    long counterTtl(CachePolicy policy) {
        return jittered(policy.ttl(), 0);
    }

    private long jittered(@Nullable Duration ttl, double jitter) {
        long millis = millis(ttl);
        if (jitter == 0 || millis == StoredEntry.NEVER) {
            return millis;
        }
        return Math.max(1, millis - (long) (millis * jitter * random.getAsDouble()));
    }

    /** Whole milliseconds, rounded up; what is longer than a thousand years never ends. */
    static long millis(@Nullable Duration ttl) {
        if (ttl == null || ttl.toDays() >= TimeUnit.MILLISECONDS.toDays(LONGEST_MILLIS)) {
            return StoredEntry.NEVER;
        }
        long millis = ttl.toMillis();
        return ttl.toNanosPart() % 1_000_000 == 0 ? millis : millis + 1;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        if (second.isEmpty()) {
            return first;
        }
        if (first.isEmpty()) {
            return second;
        }
        Set<String> all = new HashSet<>(first);
        all.addAll(second);
        return Set.copyOf(all);
    }
}
