package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one namespace on one backend. Safe for use by many threads; reads and writes of one key are linearizable.
 *
 * <p>What cannot be decoded as the asked type is reported to the {@link StoreListener}, removed and answered as absent.
 * Lifetimes are in milliseconds; {@link StoredEntry#NEVER} has no end.
 */
public interface EntryStore {

    /** The entry; one that is kept past its lifetime for the case that a load fails is {@linkplain StoredEntry#isStale stale}. */
    @Nullable
    StoredEntry read(String key, TypeRef<?> type);

    /** The live entries among the keys, in one round trip per shard. */
    Map<String, StoredEntry> readMany(Collection<String> keys, TypeRef<?> type);

    void write(String key, StoredEntry entry);

    boolean writeIfAbsent(String key, StoredEntry entry);

    void writeMany(Map<String, StoredEntry> entries);

    /** Whether there was a live entry. */
    boolean remove(String key);

    /** How many live entries there were. */
    long removeMany(Collection<String> keys);

    long removeMatching(Predicate<String> key, String literalPrefix);

    long removeTagged(String tag);

    long clear();

    boolean contains(String key);

    /** Sets the remaining lifetime. @return whether there was a live entry */
    boolean expire(String key, long ttlMillis);

    /**
     * Lets an entry that was read here live so long from now, if it would end sooner; may be late. A counter, and what has taken
     * the place of the entry meanwhile, live as long as before.
     */
    void extend(String key, StoredEntry entry, long ttlMillis);

    /** The remaining lifetime, {@link StoredEntry#NEVER}, or -1 where there is no entry. */
    long ttl(String key);

    /**
     * Adds to a raw counter.
     *
     * @param ttlMillis the lifetime of a counter that this call creates
     * @throws io.lexigram.cache.CacheSerializationException when the key holds a value that is no counter
     * @throws ArithmeticException when the sum leaves 64 bits; the counter keeps its value
     */
    long increment(String key, long by, long ttlMillis);

    /** Makes a raw counter of the key, whatever it holds, in one step; a failed call leaves the old or the new one. */
    void resetCounter(String key, long value, long ttlMillis);

    /** The keys that begin with the literal prefix and pass, as they are found. Close the stream. */
    Stream<String> keys(Predicate<String> key, String literalPrefix);

    /** Notes accesses of an entry that was read here; may be sampled and may be late. */
    void accessed(String key, StoredEntry entry);

    /** Removes what has expired and is still held. */
    long cleanupExpired();

    Contents contents();

    /** The entries by version. @throws UnsupportedOperationException where this store keeps none */
    default VersionedEntries versions() {
        throw new UnsupportedOperationException("This store keeps no versions of its entries.");
    }

    /** The native object behind this namespace of this type, or null. */
    default <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    /** Says that the engine is done with this namespace in this process; what is held in the process may go. */
    default void close() {}

    /**
     * What a store knows of its contents without a scan.
     *
     * @param entries an estimate, or null where only a scan could tell
     */
    record Contents(
            @Nullable Long entries,
            @Nullable Long memoryBytes,
            @Nullable Long oldestMillis,
            @Nullable Long newestMillis) {

        public static final Contents UNKNOWN = new Contents(null, null, null, null);
    }
}
