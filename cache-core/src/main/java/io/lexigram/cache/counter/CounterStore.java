package io.lexigram.cache.counter;

import java.util.Map;

/** Raw counters by key. Each call is atomic and throws a {@link io.lexigram.cache.CacheException} on a fault. */
public interface CounterStore {

    /** Adds to a counter, 0 if absent. @throws CacheCapacityException beyond 64 bits; the counter keeps its value */
    long add(String key, long by);

    void set(String key, long value);

    /** The counters whose key begins with the prefix. */
    Map<String, Long> find(String prefix);
}
