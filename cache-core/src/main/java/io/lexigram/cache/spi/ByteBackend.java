package io.lexigram.cache.spi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The four primitives of a backend that stores bytes. Everything else is a capability: a backend that can do more implements
 * the interfaces nested here as well, and what it does not implement is composed from the primitives or refused with
 * {@link UnsupportedOperationException}.
 *
 * <p>Stages fail with a {@link io.lexigram.cache.CacheBackendException}. Calls return without waiting for the server and
 * operations of one key take effect in the order of the calls. The caller keeps the deadline. Opening connects to nothing.
 */
public interface ByteBackend extends AutoCloseable {

    /** The type, as it is written in configuration. */
    String type();

    CompletionStage<byte @Nullable []> get(byte[] key);

    /** Stores an entry. @return whether it was stored: false only with {@code ifAbsent} */
    CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent);

    /** Removes an entry. @return whether there was one */
    CompletionStage<Boolean> delete(byte[] key);

    CompletionStage<@Nullable Void> ping();

    /** The native object of this type, or null. */
    <T> @Nullable T unwrap(Class<T> type);

    @Override
    void close();

    /**
     * Bytes to store.
     *
     * @param ttlMillis the lifetime, or {@link StoredEntry#NEVER}
     * @param tags the tags the entry can be found by, where the backend has a {@link TagIndex}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record ByteEntry(byte[] key, byte[] value, long ttlMillis, Set<String> tags) {}

    /** Several keys in one round trip per shard. */
    interface Batches {

        /** The values in the order of the keys, null where there is none. */
        CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys);

        CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries);

        /** How many of the keys there were. */
        CompletionStage<Long> deleteMany(List<byte[]> keys);
    }

    /** Lifetimes that can be read and changed without the value. */
    interface Lifetimes {

        CompletionStage<Boolean> exists(byte[] key);

        /** Sets the remaining lifetime of an envelope or counter, and the expiry noted in an envelope. */
        CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis);

        /** The remaining lifetime in milliseconds, {@link StoredEntry#NEVER}, or -1 where there is no entry. */
        CompletionStage<Long> ttl(byte[] key);
    }

    /** Counters, stored as decimal digits. */
    interface Counters {

        /**
         * Adds to a counter; an absent one starts at 0 and lives {@code ttlMillis}. Fails with
         * {@link io.lexigram.cache.CacheSerializationException} on another value and with {@link ArithmeticException} on
         * overflow; either way nothing changes.
         */
        CompletionStage<Long> increment(byte[] key, long by, long ttlMillis);
    }

    /** Enumeration of keys. */
    interface KeyScan {

        /** The keys that begin with these bytes, each at least once, as they are found. Blocks; close the stream. */
        Stream<byte[]> scan(byte[] prefix);

        /** The first bytes of the values, in the order of the keys; null where there is none. */
        CompletionStage<List<byte @Nullable []>> heads(List<byte[]> keys, int length);
    }

    /** Entries that can be found by tag. */
    interface TagIndex {

        /**
         * Removes the entries written with the tag whose key begins with the prefix and that still carry it. Blocks.
         *
         * @return how many there were
         */
        long removeTagged(String tag, byte[] keyPrefix);
    }

    /** Access marks kept in the stored entry. */
    interface AccessMarks {

        /** Adds hits to the mark of an envelope and notes the time of the last one; does nothing where there is none. */
        CompletionStage<@Nullable Void> accessed(byte[] key, long hits, long millis);
    }
}
