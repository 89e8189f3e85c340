package io.lexigram.cache;

import java.time.Duration;

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

    /** Further tags of the entry. */
    LoadContext tags(String... tags);

    /** Hands the value to the callers and stores nothing. */
    LoadContext doNotStore();
}
