package io.lexigram.cache;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value with what the cache knows about it, as it was at the moment of the read.
 *
 * @param value the cached value; null is a value
 * @param expiresAt when the entry stops being served; null means never
 * @param hitCount reads answered so far; stays 0 where the cache does not track access
 * @param lastAccessed the last tracked read, or {@code createdAt}
 * @param version the version the writer gave, if any
 */
public record CacheEntry<V>(
        CacheKey key,
        @Nullable V value,
        Instant createdAt,
        @Nullable Instant expiresAt,
        long hitCount,
        Instant lastAccessed,
        @Nullable String version,
        Set<String> tags) {

    public CacheEntry {
        tags = Set.copyOf(tags);
    }

    /** Whether the entry's time is over by this clock; an entry expires at {@code expiresAt}, not after it. */
    public boolean isExpired(Clock clock) {
        return expiresAt != null && !clock.instant().isBefore(expiresAt);
    }

    /** This entry with one more hit and the clock's time as its last access; nothing is written to the cache. */
    public CacheEntry<V> touch(Clock clock) {
        return new CacheEntry<>(key, value, createdAt, expiresAt, hitCount + 1, clock.instant(), version, tags);
    }
}
