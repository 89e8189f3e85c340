package io.lexigram.cache.spi;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place where entries live, as the engine sees it: one {@link EntryStore} per namespace, and what concerns all of them.
 *
 * <p>A backend that stores bytes implements {@link ByteBackend} instead and is adapted. Every method may throw a
 * {@link io.lexigram.cache.CacheException}; the engine decides who gets to see it. Opening a backend connects to nothing.
 */
public interface CacheBackend extends AutoCloseable {

    /** The type, as it is written in configuration: {@code memory}, {@code redis}. */
    String type();

    /** The store of one namespace. The engine asks once per namespace. */
    EntryStore open(StoreSpec spec);

    /** The keys of all namespaces whose full key passes. Close the stream. */
    Stream<CacheKey> keys(Predicate<String> fullKey);

    /** Removes keys of any namespaces. @return how many live entries there were */
    long removeMany(Collection<CacheKey> keys);

    /**
     * Removes the keys of all namespaces whose full key passes, and where loads are shared ends the loads under way of such
     * keys. @return how many live entries there were
     */
    default long removeMatching(Predicate<String> fullKey) {
        long removed = 0;
        try (Stream<CacheKey> keys = keys(fullKey)) {
            List<CacheKey> chunk = new ArrayList<>();
            for (CacheKey key : (Iterable<CacheKey>) keys::iterator) {
                chunk.add(key);
                if (chunk.size() == 500) {
                    removed += removeMany(chunk);
                    chunk.clear();
                }
            }
            return removed + removeMany(chunk);
        }
    }

    /** Removes the entries of all namespaces that carry the tag. @return how many live entries were removed */
    long removeTagged(String tag);

    /** Removes every entry of one namespace, opened here or not. @return how many live entries were removed */
    long removeNamespace(String namespace);

    /** Removes every entry under this backend's key prefix. @return how many live entries were removed */
    long clear();

    /** Asks whether the backend answers, and waits no longer than the timeout. @return the time it took */
    Duration ping(Duration timeout);

    /**
     * Has calls guarded by a breaker from now on, unless they are already: the first breaker stays.
     *
     * @param breaker makes the breaker, where there is none yet
     * @return the breaker in effect; null where this backend has none
     */
    default @Nullable Breaker guard(Supplier<Breaker> breaker) {
        return null;
    }

    /** Has the listener told from now on when the backend comes within reach and when it leaves it, as far as it can tell. */
    default void watch(ConnectionListener listener) {}

    /**
     * Calls the listener each time from now on that the backend may have lost changes of the last moments which it had confirmed.
     * It must not block.
     *
     * @return whether this backend can lose any and notices; where it cannot, the listener is never called
     */
    default boolean onLoss(Runnable listener) {
        return false;
    }

    /** Whether reads are answered from this process, so that they need neither deadline nor timing. */
    boolean isLocal();

    /** The native object of this type, or null. */
    <T> @Nullable T unwrap(Class<T> type);

    @Override
    void close();

    /** Whether an entry written as one schema may be read as a type. */
    static boolean readable(String schema, TypeRef<?> type) {
        return schema.equals(type.schema())
                || schema.equals(StoredEntry.ANY_SCHEMA)
                || type.type() == Object.class
                || schema.equals(StoredEntry.COUNTER_SCHEMA) && type.rawType().isAssignableFrom(Long.class);
    }
}
