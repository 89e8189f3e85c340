package io.lexigram.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one namespace, with their declared type. Safe for use by many threads.
 *
 * <p>Null is a value: {@link #get(String)} cannot tell it from absence, {@link #lookup(String)} can.
 *
 * <p>With fail-open (the default) no fault of the cache reaches a caller: reads answer as if the entry were absent, loads
 * run the loader, writes are dropped and counted, and {@code boolean} and {@code long} answers are false and 0. Where the
 * cache is configured {@code fail-open: false} the {@link CacheException} is thrown, and {@link #results()} shows it
 * always. A key that cannot be one is refused with {@link CacheKeyException} by every method, either way. What a loader
 * throws reaches the caller unchanged.
 */
public interface Cache<V> {

    /** The namespace of this cache. */
    String name();

    /** The declared type of the values. */
    TypeRef<V> type();

    /** The policy in force for calls through this handle. */
    CachePolicy policy();

    /** The value, or null where there is none or it is null. */
    @Nullable
    V get(String key);

    /**
     * The value if it is in the memory of this process and may be served from there, or else the given one. No backend is
     * asked and nobody waits. A value is counted as a hit, its absence as nothing.
     */
    @Nullable
    V getLocal(String key, @Nullable V other);

    /**
     * The value; where there is none, the loader's, which is then stored. Concurrent callers of one key share one load and
     * its failure. A load that an invalidation of its key overtakes still answers the callers who wait for it, but is not
     * stored.
     */
    default <X extends Throwable> @Nullable V get(String key, CacheLoader<? extends V, X> loader) throws X {
        return get(key, loader, CallOptions.NONE);
    }

    /** As {@link #get(String, CacheLoader)}, with options for the entry the load makes. */
    <X extends Throwable> @Nullable V get(String key, CacheLoader<? extends V, X> loader, CallOptions options) throws X;

    /** As {@link #get(String, CacheLoader)}, with a loader that decides lifetime, tags and storing. */
    default <X extends Throwable> @Nullable V get(String key, AdaptiveLoader<? extends V, X> loader) throws X {
        return get(key, loader, CallOptions.NONE);
    }

    /** As {@link #get(String, AdaptiveLoader)}; what the loader decides goes before the options. */
    <X extends Throwable> @Nullable V get(String key, AdaptiveLoader<? extends V, X> loader, CallOptions options)
            throws X;

    /**
     * As {@link #get(String, CacheLoader)}, with a loader that returns its failures. A success is stored; a failure is returned
     * to every caller who waits for that load, and is not stored.
     *
     * @return the value, or what went wrong: the loader's own failure, or that of a cache that does not fail open
     */
    default Result<V> getResult(String key, ResultLoader<V> loader) {
        return getResult(key, loader, CallOptions.NONE);
    }

    /** As {@link #getResult(String, ResultLoader)}, with options for the entry the load makes. */
    default Result<V> getResult(String key, ResultLoader<V> loader, CallOptions options) {
        try {
            return Result.success(this.<RuntimeException>get(
                    key,
                    () -> {
                        Result<? extends V> loaded = loader.load();
                        if (loaded instanceof Result.Failure<?> failure) {
                            throw new FailedLoad(failure);
                        }
                        return loaded.orElse(null);
                    },
                    options));
        } catch (FailedLoad failed) {
            return Result.failure(failed.returned().cause());
        } catch (CacheException fault) {
            return Result.failure(fault);
        }
    }

    /** The outcome of a read, with absence, null and fault told apart. */
    Lookup<V> lookup(String key);

    /** A read and who answered it in what time. */
    LookupInfo<V> inspect(String key);

    /** The value with its metadata; does not count as an access of the entry. */
    Optional<CacheEntry<V>> getEntry(String key);

    /** Reads several keys in one round trip per shard. Keys asked twice are answered once. */
    BatchResult<V> getMany(Collection<String> keys);

    /**
     * Reads several keys and loads those that are missing in one call of the loader. What the loader leaves out is absent in
     * the answer and is not stored; keys it was not asked for are ignored.
     *
     * @return the values in the order of the request, without the absent ones
     */
    default <X extends Throwable> Map<String, @Nullable V> getAll(
            Collection<String> keys, BatchLoader<? extends V, X> loader) throws X {
        return getAll(keys, loader, CallOptions.NONE);
    }

    /** As {@link #getAll(Collection, BatchLoader)}, with options for the entries the load makes. */
    <X extends Throwable> Map<String, @Nullable V> getAll(
            Collection<String> keys, BatchLoader<? extends V, X> loader, CallOptions options) throws X;

    /** Stores a value. When it returns, the next read anywhere sees it. */
    default void put(String key, @Nullable V value) {
        put(key, value, CallOptions.NONE);
    }

    void put(String key, @Nullable V value, CallOptions options);

    /** Stores a value where there is no live entry. @return whether it was stored */
    default boolean putIfAbsent(String key, @Nullable V value) {
        return putIfAbsent(key, value, CallOptions.NONE);
    }

    boolean putIfAbsent(String key, @Nullable V value, CallOptions options);

    /** Stores several values in one round trip per shard. */
    default void putMany(Map<String, ? extends @Nullable V> values) {
        putMany(values, CallOptions.NONE);
    }

    void putMany(Map<String, ? extends @Nullable V> values, CallOptions options);

    /** The right to store this key later unless it is invalidated or written before. */
    Reservation<V> reserve(String key);

    /**
     * Removes an entry for good. No value whose load began before this call is served to a read that begins after it
     * returned.
     */
    default void invalidate(String key) {
        delete(key);
    }

    /** As {@link #invalidate}. @return whether there was a live entry */
    boolean delete(String key);

    /** Invalidates several keys in one round trip per shard. @return how many live entries there were */
    long deleteMany(Collection<String> keys);

    /** Invalidates this cache's entries that carry any of the tags. @return how many live entries were removed */
    long invalidateTags(String... tags);

    /**
     * Invalidates the keys that match a glob: {@code *} any characters, {@code ?} one character, {@code [a-c]} and
     * {@code [^a-c]} one of a set, {@code \} takes the next character literally.
     *
     * @return how many live entries were removed
     * @throws CacheKeyException when the pattern is empty or malformed
     */
    long deletePattern(String pattern);

    /** Invalidates every entry of this cache. @return how many live entries were removed */
    long clear();

    /** Whether there is a live entry; moves no value and counts neither hit nor miss. */
    boolean exists(String key);

    /**
     * Sets the remaining lifetime of an entry.
     *
     * @return whether there was a live entry
     * @throws IllegalArgumentException when the lifetime is zero or negative
     */
    boolean expire(String key, Duration ttl);

    /** The remaining lifetime; empty where there is no entry or it never expires. */
    Optional<Duration> ttl(String key);

    /**
     * Adds to a counter, atomically; an absent one starts at 0 and lives as long as the cache's entries. A counter is read by
     * {@code get} as a {@link Long} where the declared type admits one.
     *
     * @return the new value
     * @throws CacheException always on a fault: an invented number would be worse than an error
     * @throws CacheKeyException when a remote backend would have to hash the key for its length
     */
    long increment(String key, long by);

    /** As {@link #increment} with the sign turned round. */
    default long decrement(String key, long by) {
        return increment(key, Negation.of(by));
    }

    /**
     * The keys that match a glob, as they are found; entries that come or go meanwhile may be seen or not. Close the stream.
     */
    Stream<String> keys(String pattern);

    CacheStats stats();

    /** Zeroes the counters of this cache on this node. */
    void resetStats();

    /**
     * Removes what has expired and is still held; it takes up room, but is never served. What expired within the last second
     * may stay until the next time.
     *
     * @return how many entries that were; always 0 where the server does it
     */
    long cleanupExpired();

    /** A function that answers from this cache and loads through the given one. */
    default Function<String, @Nullable V> memoize(Function<String, ? extends @Nullable V> loader) {
        return key -> this.<RuntimeException>get(key, () -> loader.apply(key));
    }

    /** The same cache on the backend of this name, whatever the policy says. */
    Cache<V> on(String backend);

    /** The entries by version. */
    VersionedCache<V> versioned();

    /** The same operations with their faults as values. */
    ResultCache<V> results();

    /** The same operations without waiting. */
    AsyncCache<V> async();

    /**
     * The native object behind this cache, such as a Caffeine cache or a Lettuce connection.
     *
     * @throws IllegalArgumentException when there is no such object
     */
    <T> T unwrap(Class<T> type);
}
