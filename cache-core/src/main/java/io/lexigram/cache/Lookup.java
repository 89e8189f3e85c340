package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a read found. Null is a value, so absence has a case of its own, and so has a fault: an outage is never a miss.
 */
public sealed interface Lookup<V> {

    /** A value within its lifetime. */
    record Hit<V>(@Nullable V value) implements Lookup<V> {}

    /** A value past its lifetime, served because nothing fresher could be had. */
    record Stale<V>(@Nullable V value) implements Lookup<V> {}

    /** There is no such entry. */
    record Miss<V>() implements Lookup<V> {}

    /** The cache could not tell. */
    record Failed<V>(CacheException cause) implements Lookup<V> {}

    /** Whether there is a value, fresh or stale. */
    default boolean isPresent() {
        return this instanceof Hit || this instanceof Stale;
    }

    /** The value, fresh or stale, or the given one where there is none. */
    default @Nullable V orElse(@Nullable V other) {
        if (this instanceof Hit<V> hit) {
            return hit.value();
        }
        return this instanceof Stale<V> stale ? stale.value() : other;
    }
}
