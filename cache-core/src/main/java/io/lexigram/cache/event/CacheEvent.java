package io.lexigram.cache.event;

import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.RemovalCause;

/** Something that happened in a cache. Events are delivered late and in order, by one thread, and dropped under overload. */
public sealed interface CacheEvent {

    /** A cache is there for the first time. */
    record Opened(String cache) implements CacheEvent {}

    /** A read found a value. */
    record Hit(String cache, String key) implements CacheEvent {}

    /** A read found nothing. */
    record Miss(String cache, String key) implements CacheEvent {}

    /** An entry left the cache. */
    record Evicted(String cache, String key, RemovalCause cause) implements CacheEvent {}

    /** A backend can be reached, for the first time or again. */
    record Connected(String backend) implements CacheEvent {}

    /** A backend cannot be reached any more. */
    record Disconnected(String backend) implements CacheEvent {}

    /** The circuit breaker of a backend opened, lets a probe through, or closed. */
    record CircuitBreakerChanged(String backend, State from, State to) implements CacheEvent {}
}
