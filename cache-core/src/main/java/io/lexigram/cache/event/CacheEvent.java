package io.lexigram.cache.event;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.RemovalCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a cache on this node. Events are delivered late, to each listener in order and by one thread at a
 * time, and dropped under overload. Keys are told as they are, those of a cache with {@code sensitive} keys as well.
 */
public sealed interface CacheEvent {

    /** A cache is there for the first time. */
    record Opened(String cache) implements CacheEvent {}

    /** A read found a value. */
    record Hit(String cache, String key) implements CacheEvent {}

    /** A read found nothing. */
    record Miss(String cache, String key) implements CacheEvent {}

    /** A read was answered by a value past its lifetime, or by one that may be outdated. */
    record StaleServed(String cache, String key) implements CacheEvent {}

    /** A value was stored, by a write or after a load. */
    record Put(String cache, String key) implements CacheEvent {}

    /**
     * What was named is not served any more, whether or not there was something to remove. An invalidation that a backend could
     * not be told yet is one, too.
     *
     * @param cache null where it concerns all caches
     * @param name the key, pattern, tag or namespace; empty for everything
     */
    record Invalidated(@Nullable String cache, Scope scope, String name) implements CacheEvent {

        /** What an invalidation names. */
        public enum Scope {
            KEY,
            PATTERN,
            TAG,
            NAMESPACE,
            ALL
        }
    }

    /**
     * An entry left the memory of this process. What expires or is removed on a server, nobody tells.
     *
     * @param cause why; an entry of a tiered backend is the copy in this process
     */
    record Evicted(String cache, String key, RemovalCause cause) implements CacheEvent {}

    /**
     * A fault kept an operation from its outcome, whether or not the caller got to see it.
     *
     * @param cache null where the operation concerned all caches
     * @param key null where the operation concerned several keys
     */
    record Failed(@Nullable String cache, @Nullable String key, CacheException fault) implements CacheEvent {}

    /** A backend can be reached, for the first time or again. */
    record Connected(String backend) implements CacheEvent {}

    /** A backend cannot be reached any more. */
    record Disconnected(String backend) implements CacheEvent {}

    /** The circuit breaker of a backend opened, lets a probe through, or closed. */
    record CircuitBreakerChanged(String backend, State from, State to) implements CacheEvent {}

    /**
     * Of the latest reads of a cache, fewer than wanted were hits.
     *
     * @param hitRate hits divided by reads, from 0 to 1
     * @param reads how many there were
     * @param during the time in which they were
     */
    record LowHitRate(String cache, String backend, double hitRate, long reads, Duration during)
            implements CacheEvent {}
}
