package io.lexigram.cache;

import java.time.Duration;

/**
 * What a {@link CacheService} has done since it was built, or since {@link CacheService#resetMetrics()}.
 *
 * @param operations calls of every kind
 * @param totalLatency the time spent waiting for remote backends; a local hit is not timed
 */
public record CacheMetrics(
        long hits, long misses, long puts, long deletes, long errors, long operations, Duration totalLatency) {}
