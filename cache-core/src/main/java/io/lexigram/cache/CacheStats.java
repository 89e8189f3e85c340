package io.lexigram.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one cache (or of all) on this node, and what its backend says of its contents.
 *
 * @param totalEntries live entries; an estimate, or null where the backend could tell only by a scan
 * @param evictions entries removed for room; an expired one counts as an expiration
 * @param errors operations that a fault of the backend or of the codec kept from an answer
 * @param timeouts those of the errors where the backend did not answer in time
 * @param breakerOpen those of the errors where the circuit breaker refused the call
 * @param undecodable entries that could not be read as the asked type and were removed; they count as errors too
 * @param coalesced callers that shared a load led by another
 * @param staleServed reads answered by a value past its lifetime
 * @param totalLoadNanos the time spent in successful loads, in nanoseconds
 */
public record CacheStats(
        @Nullable Long totalEntries,
        long hits,
        long misses,
        long puts,
        long evictions,
        long expirations,
        long errors,
        long timeouts,
        long breakerOpen,
        long undecodable,
        long loads,
        long loadFailures,
        long coalesced,
        long staleServed,
        long totalLoadNanos,
        @Nullable Long memoryUsageBytes,
        @Nullable Instant oldestEntry,
        @Nullable Instant newestEntry) {

    /** Hits divided by hits and misses; 0.0 before the first request. */
    public double hitRate() {
        long requests = hits + misses;
        return requests == 0 ? 0.0 : (double) hits / requests;
    }

    /** The mean duration of a successful load in milliseconds; 0.0 before the first. */
    public double averageLoadMillis() {
        long succeeded = loads - loadFailures;
        return succeeded <= 0 ? 0.0 : totalLoadNanos / 1e6 / succeeded;
    }
}
