package io.lexigram.cache;

import java.time.Duration;

/**
 * What a {@link CacheService} has done since it was built, or since {@link CacheService#resetMetrics()}.
 *
 * @param operations calls of every kind
 * @param pendingInvalidations invalidations that a backend could not be told yet; what they concern is absent on this node
 * @param totalLatency the time spent waiting for remote backends; a local hit is not timed
 */
public record CacheMetrics(
        long hits,
        long misses,
        long puts,
        long deletes,
        long errors,
        long operations,
        long pendingInvalidations,
        Duration totalLatency) {}
