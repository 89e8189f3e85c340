package io.lexigram.cache;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /** What names the state of the value at its source, such as an ETag; the next load of the key sees it. */
    LoadContext version(String version);

    /**
     * The value that this load replaces: one past its lifetime, kept for the case that a load fails, or one that is loaded
     * anew before its end. Null where there is none, or where it is null.
     */
    @Nullable
    Object staleValue();

    /** The {@linkplain #version version} of the value that this load replaces. */
    @Nullable
    String staleVersion();

    /**
     * Says that the value that this load replaces still holds: it is served and stored for another lifetime, whatever the
     * loader returns.
     *
     * @throws IllegalStateException when there is none
     */
    LoadContext notModified();
}
