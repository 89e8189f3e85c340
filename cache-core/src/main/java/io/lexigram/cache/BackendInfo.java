package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a backend without asking it.
 *
 * @param type the type as it is written in configuration
 * @param isDefault whether caches that name no backend use it
 * @param circuitBreaker the state of its circuit breaker; null where it has none
 * @param entries an estimate; null where only a scan could tell
 */
public record BackendInfo(
        String name,
        String type,
        boolean isDefault,
        @Nullable String circuitBreaker,
        @Nullable Long entries,
        @Nullable Long memoryUsageBytes) {}
