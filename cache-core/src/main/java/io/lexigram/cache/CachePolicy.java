package io.lexigram.cache;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force for one cache, after configuration, backend and defaults have been laid over each other.
 *
 * @param ttl how long an entry lives; null means that it never expires
 * @param nullTtl how long a cached null lives; null means that it never expires
 * @param jitter the part of a lifetime given up at random, from 0 to less than 1
 * @param maxEntries the bound of a backend in memory; null for the backend's own
 * @param sensitive whether keys are masked in log lines and exceptions
 * @param sliding whether a hit makes an entry live for another {@code pointerTtl}, but never past its {@code ttl}
 * @param pointerTtl how long an entry of a sliding cache lives without a hit
 * @param ageTtl lifetimes by the age of values; null is off
 * @param failSafe stale values instead of failures; null is off
 * @param loadTimeout how long callers wait for a load; null is for as long as it takes
 * @param refreshAhead loads before the end of life; null is off
 */
public record CachePolicy(
        String backend,
        @Nullable Duration ttl,
        boolean cacheNulls,
        @Nullable Duration nullTtl,
        double jitter,
        @Nullable Long maxEntries,
        Set<String> tags,
        String codec,
        String schemaVersion,
        boolean failOpen,
        boolean accessTracking,
        boolean sensitive,
        boolean sliding,
        Duration pointerTtl,
        @Nullable AgeTtl ageTtl,
        @Nullable FailSafe failSafe,
        @Nullable LoadTimeout loadTimeout,
        @Nullable RefreshAhead refreshAhead) {

    public CachePolicy {
        tags = Set.copyOf(tags);
    }
}
