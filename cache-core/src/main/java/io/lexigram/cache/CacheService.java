package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cache for the whole application: any key, any backend. Safe for use by many threads.
 *
 * <p>{@link #cache(CacheSpec)} gives a typed handle of one namespace; the operations here take the key's namespace from the
 * {@link CacheKey} and go through the same engine. A key without namespace belongs to the cache named
 * {@value #UNNAMED}. Faults are treated as {@link Cache} describes.
 */
public interface CacheService extends AutoCloseable {

    /** The name under which statistics show the keys that have no namespace. */
    String UNNAMED = "_";

    /** The cache that holds the {@link Counter counters}. They live for ever unless its configuration says otherwise. */
    String COUNTERS = "counters";

    /**
     * The handle of one namespace. Handles of one name share entries, statistics and loads; configuration properties of the
     * name go before the spec.
     *
     * @throws CacheConfigurationException when the spec names an unknown backend or codec, or contradicts an earlier handle
     *     in what all handles of the name share
     */
    <V> Cache<V> cache(CacheSpec<V> spec);

    default <V> Cache<V> cache(String name, Class<V> type) {
        return cache(CacheSpec.of(name, type).build());
    }

    default <V> Cache<V> cache(String name, TypeRef<V> type) {
        return cache(CacheSpec.of(name, type).build());
    }

    /**
     * The handle of a cache that exists already, whatever type its values have; empty where no cache of this name is
     * configured or was used on this node.
     */
    Optional<Cache<Object>> find(String name);

    /** The names of the caches that are configured or were used on this node. */
    Set<String> cacheNames();

    /** The backends by name, in the order of configuration. */
    Map<String, BackendInfo> backends();

    /**
     * The same service with every operation on the backend of this name.
     *
     * @throws CacheConfigurationException when there is none
     */
    CacheService on(String backend);

    <V> @Nullable V get(CacheKey key, Class<V> type);

    <V> @Nullable V get(CacheKey key, TypeRef<V> type);

    /** The value, or the fallback where there is no entry; a cached null is null. */
    <V> @Nullable V getOrDefault(CacheKey key, Class<V> type, @Nullable V fallback);

    /** The value; where there is none, the loader's, which is then stored with the key's tags. */
    <V, X extends Throwable> @Nullable V get(CacheKey key, Class<V> type, CacheLoader<? extends V, X> loader) throws X;

    <V, X extends Throwable> @Nullable V get(
            CacheKey key, TypeRef<V> type, CacheLoader<? extends V, X> loader, CallOptions options) throws X;

    <V> Lookup<V> lookup(CacheKey key, TypeRef<V> type);

    <V> Optional<CacheEntry<V>> getEntry(CacheKey key, TypeRef<V> type);

    /**
     * Reads several keys in one round trip per namespace and shard. The result names them by full key.
     *
     * @throws CacheKeyException when two different keys share their full key
     */
    <V> BatchResult<V> getMany(Collection<CacheKey> keys, TypeRef<V> type);

    /**
     * Stores a value with the key's tags. It is read as the class of the value, or as any type where the value is a plain
     * JSON one (a {@code Map}, {@code List}, {@code String}, number or boolean); for generic types use a typed handle.
     */
    default void put(CacheKey key, @Nullable Object value) {
        put(key, value, CallOptions.NONE);
    }

    void put(CacheKey key, @Nullable Object value, CallOptions options);

    default boolean putIfAbsent(CacheKey key, @Nullable Object value) {
        return putIfAbsent(key, value, CallOptions.NONE);
    }

    boolean putIfAbsent(CacheKey key, @Nullable Object value, CallOptions options);

    void putMany(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options);

    default void invalidate(CacheKey key) {
        delete(key);
    }

    boolean delete(CacheKey key);

    long deleteMany(Collection<CacheKey> keys);

    /** Invalidates the entries of all caches that carry any of the tags. @return how many live entries were removed */
    long invalidateTags(String... tags);

    /** Invalidates the entries of all caches whose full key matches a glob, as {@link Cache#deletePattern} reads it. */
    long deletePattern(String pattern);

    /** Invalidates every entry of one namespace, and of no other. @return how many live entries were removed */
    long deleteNamespace(String namespace);

    /** Invalidates everything that was stored under this service's key prefix. @return how many live entries were removed */
    long clear();

    boolean exists(CacheKey key);

    boolean expire(CacheKey key, Duration ttl);

    Optional<Duration> ttl(CacheKey key);

    long increment(CacheKey key, long by);

    default long decrement(CacheKey key, long by) {
        return increment(key, Negation.of(by));
    }

    /**
     * The counter of this name, the same for every node that shares the backend.
     *
     * @throws CacheKeyException when the name cannot be a key
     */
    Counter counter(String name);

    /** The keys of all caches whose full key matches a glob. Close the stream. */
    Stream<CacheKey> keys(String pattern);

    /** The counters of all caches together. */
    CacheStats stats();

    CacheMetrics metrics();

    void resetMetrics();

    long cleanupExpired();

    /** Whether every backend answers. */
    boolean ping();

    /** Asks every backend at once, and waits for each no longer than the timeout. */
    CacheHealth healthCheck(Duration timeout);

    /** The entries by version. */
    VersionedCacheService versioned();

    ResultCacheService results();

    AsyncCacheService async();

    /** The native client of the default backend. @throws IllegalArgumentException when it has no such object */
    <T> T unwrap(Class<T> type);

    /** Closes the backends in the reverse order of their opening; operations after it fail open. */
    @Override
    void close();
}
