package io.lexigram.cache;

import java.time.Duration;
import java.time.Instant;

/**
 * What a load may decide about the entry it makes. It is valid until the load ends and is not thread-safe, but it may be
 * handed to the thread that completes the load.
 */
public interface LoadContext {

    /** The key that is loaded. */
    CacheKey key();

    /**
     * The lifetime of the value, instead of the cache's.
     *
     * @throws IllegalArgumentException when it is zero or negative
     */
    LoadContext ttl(Duration ttl);

    /**
     * When the value last changed at its source, from which a cache with an {@link AgeTtl} takes the lifetime. A lifetime that
     * is set goes before it, and a cache without leaves it unused.
     */
    LoadContext lastUpdated(Instant lastUpdated);

    /** Further tags of the entry. */
    LoadContext tags(String... tags);

    /** Hands the value to the callers and stores nothing. */
    LoadContext doNotStore();
}
