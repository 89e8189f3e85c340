package io.lexigram.cache.service;

import io.lexigram.cache.AgeTtl;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
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

    StoredEntry entry(@Nullable Object value, TypeRef<?> type, CachePolicy policy, CallOptions options) {
        return entry(
                value, type, policy, options.ttl(), options.lastUpdated(), union(policy.tags(), options.tags()), 0);
    }

    StoredEntry loaded(
            @Nullable Object value,
            TypeRef<?> type,
            CachePolicy policy,
            CallOptions options,
            LoadScope scope,
            long loadNanos) {
        Duration ttl = scope.ttl() == null ? options.ttl() : scope.ttl();
        Instant lastUpdated = scope.lastUpdated() == null ? options.lastUpdated() : scope.lastUpdated();
        Set<String> tags = union(union(policy.tags(), options.tags()), scope.tags());
        return entry(value, type, policy, ttl, lastUpdated, tags, loadNanos);
    }

    private StoredEntry entry(
            @Nullable Object value,
            TypeRef<?> type,
            CachePolicy policy,
            @Nullable Duration ttl,
            @Nullable Instant lastUpdated,
            Set<String> tags,
            long loadNanos) {
        Duration lifetime = ttl != null ? ttl : value == null ? policy.nullTtl() : ttl(policy, lastUpdated);
        long ttlMillis = jittered(lifetime, policy.jitter());
        TypeRef<?> writtenAs = type.type() == Object.class ? Untyped.typeOf(value) : type;
        return writtenAs == null
                ? new StoredEntry(value, StoredEntry.ANY_SCHEMA, time.millis(), ttlMillis, loadNanos, null, tags)
                : new StoredEntry(value, writtenAs, time.millis(), ttlMillis, loadNanos, null, tags);
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
