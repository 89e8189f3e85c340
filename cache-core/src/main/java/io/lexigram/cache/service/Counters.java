package io.lexigram.cache.service;

import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheStats;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.EntryStore.Contents;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counters of one cache on this node. */
final class Counters {

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder puts = new LongAdder();
    final LongAdder deletes = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder expirations = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder undecodable = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder loadFailures = new LongAdder();
    final LongAdder loadNanos = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder staleServed = new LongAdder();
    final LongAdder otherOperations = new LongAdder();
    final LongAdder remoteNanos = new LongAdder();

    private final List<LongAdder> all = List.of(
            hits,
            misses,
            puts,
            deletes,
            evictions,
            expirations,
            errors,
            timeouts,
            refused,
            undecodable,
            loads,
            loadFailures,
            loadNanos,
            coalesced,
            staleServed,
            otherOperations,
            remoteNanos);

    /** Counts a fault, also by what it was. */
    void fault(CacheException fault) {
        errors.increment();
        if (fault instanceof CacheTimeoutException) {
            timeouts.increment();
        } else if (fault instanceof CacheCircuitOpenException) {
            refused.increment();
        }
    }

    /** Whether anything was counted. */
    boolean isAny() {
        return all.stream().anyMatch(count -> count.sum() != 0);
    }

    void reset() {
        all.forEach(LongAdder::reset);
    }

    /** Adds the present counts of another. */
    void add(Counters that) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).add(that.all.get(i).sum());
        }
    }

    long operations() {
        return hits.sum() + misses.sum() + puts.sum() + deletes.sum() + otherOperations.sum();
    }

    CacheStats stats(Contents contents) {
        return new CacheStats(
                contents.entries(),
                hits.sum(),
                misses.sum(),
                puts.sum(),
                evictions.sum(),
                expirations.sum(),
                errors.sum(),
                timeouts.sum(),
                refused.sum(),
                undecodable.sum(),
                loads.sum(),
                loadFailures.sum(),
                coalesced.sum(),
                staleServed.sum(),
                loadNanos.sum(),
                contents.memoryBytes(),
                instant(contents.oldestMillis()),
                instant(contents.newestMillis()));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
