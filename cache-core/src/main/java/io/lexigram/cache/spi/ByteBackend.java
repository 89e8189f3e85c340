package io.lexigram.cache.spi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
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

    /** Has the listener told from now on when the backend comes within reach and when it leaves it, as far as it can tell. */
    default void watch(ConnectionListener listener) {}

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

        /**
         * As {@link #expire}, but only of the envelope with this entry id, and only where it would end sooner.
         *
         * @return whether its life was lengthened
         */
        CompletionStage<Boolean> extend(byte[] key, long entryId, long ttlMillis, long expiresAtMillis);

        /** The remaining lifetime in milliseconds, {@link StoredEntry#NEVER}, or -1 where there is no entry. */
        CompletionStage<Long> ttl(byte[] key);

        /** Whether the server tells how long is left; else {@link #ttl} goes by the end that is noted in the entry itself. */
        default boolean isTimedByServer() {
            return true;
        }
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

    /**
     * Values by version, each under the key of its entry for as long as it is the current one, and under
     * {@link io.lexigram.cache.codec.KeyCodec#versionOf} for its whole life. A backend with this capability removes all versions
     * of a key whenever it removes the key, and remembers its last version, as {@link VersionedEntries} says.
     */
    interface Versions {

        /** Writes in one trip per shard, each in one step. @return what came of each, in their order */
        CompletionStage<List<VersionedEntries.Outcome>> setVersions(List<VersionedBytes> versions);

        /** Removes what is under the keys and leaves their versions. @return how many live entries there were */
        CompletionStage<Long> deleteCurrent(List<byte[]> keys);
    }

    /**
     * A version to store.
     *
     * @param entry with the key of the current version and the lifetime of this one
     * @param currentMillis how long it is the current one, or {@link StoredEntry#NEVER}
     * @param currentEndMillis the end of that as the header of an envelope holds it
     * @param ordered whether it is only stored where the last version is not higher
     */
    record VersionedBytes(
            ByteEntry entry, long currentMillis, long currentEndMillis, VersionRank rank, boolean ordered) {}

    /** Entries that can be found by tag. */
    interface TagIndex {

        /**
         * Removes the entries written with the tag whose key begins with the prefix and that still carry it. Blocks.
         *
         * @return how many there were
         */
        long removeTagged(String tag, byte[] keyPrefix);

        /**
         * As {@link #removeTagged(String, byte[])}, and leaves what was loaded at or after a tick of the clock of
         * {@link Generations}.
         */
        default long removeTagged(String tag, byte[] keyPrefix, long beforeStamp) {
            return removeTagged(tag, keyPrefix);
        }
    }

    /** Access marks kept in the stored entry. */
    interface AccessMarks {

        /** Adds hits to the mark of an envelope and notes the time of the last one; does nothing where there is none. */
        CompletionStage<@Nullable Void> accessed(byte[] key, long hits, long millis);
    }

    /**
     * Leases: the right to load a key, kept under the key itself, so that one removal takes value and lease. A lease is named
     * by its token, which is never 0. Lease records and the fields of a lease in a value are those of
     * {@link io.lexigram.cache.codec.Envelope}. Deadlines are the server's own.
     *
     * <p>A removal ends the lease and wakes those who wait for it; a plain set ends it and wakes nobody, so that they must ask
     * now and then. Where the server takes no writes, claims answer what is there and fail where nothing is; of many, all fail
     * where one does.
     */
    interface Leases {

        /** What is under the key. Where there is nothing, stores the lease record in the same step and answers null. */
        CompletionStage<byte @Nullable []> claim(byte[] key, byte[] leaseRecord, long leaseMillis);

        /**
         * Takes the lease of what is there but must be loaded anew. Where nothing is there any more, nothing is taken: what the
         * caller saw was removed, and must not stand in for what it loads.
         *
         * @param leaseRecord carries the token and the group seq of the new lease
         * @param seenId the entry id of what the caller saw: anything else is not taken but answered
         * @param voidToken a lease that may be taken although it lives; 0 for none
         * @return null where the lease was taken, else what is under the key, empty for nothing
         */
        CompletionStage<byte @Nullable []> takeOver(
                byte[] key, byte[] leaseRecord, long leaseMillis, long seenId, long voidToken);

        /** Stores the entry if the lease of its key has this token, and wakes those who wait. @return whether it did */
        CompletionStage<Boolean> fill(ByteEntry entry, long token);

        /** As {@link #fill}, for several in one trip. @return whether each was stored, in the order of the entries */
        CompletionStage<List<Boolean>> fillMany(List<ByteEntry> entries, List<Long> tokens);

        /** As {@link #claim}, for several in one trip, in the order of the keys. */
        CompletionStage<List<byte @Nullable []>> claimMany(
                List<byte[]> keys, List<byte[]> leaseRecords, long leaseMillis);

        /**
         * Marks the key with a token that {@link #fill} accepts until somebody else loads, writes or removes the key, and that
         * keeps nobody from doing so. Without effect where a lease lives.
         *
         * @param record a lease record of the token, with the end {@link io.lexigram.cache.codec.Envelope#RESERVED}
         */
        CompletionStage<Boolean> reserve(byte[] key, byte[] record, long token, long millis);

        /** Lets the lease of this token live so long from now. @return whether there was one */
        CompletionStage<Boolean> renew(byte[] key, long token, long leaseMillis);

        /**
         * Gives the lease of this token back and wakes those who wait. A lease record goes, a value stays.
         *
         * @param uncacheable tells those who wait that they had better load without a lease
         */
        CompletionStage<Boolean> release(byte[] key, long token, boolean uncacheable);

        /**
         * Notes that somebody waits for the lease of this token.
         *
         * @return null where it was noted; where the key has no such lease any more, what is there, empty for nothing
         */
        CompletionStage<byte @Nullable []> announceWaiter(byte[] key, long token);

        /** Tells the listener of each wake-up of a key from now on, as long as the connection for messages holds. */
        void onWakeUp(WakeUpListener listener);
    }

    /** Hears that the lease of a key ended. Must not block. */
    interface WakeUpListener {

        /** @param uncacheable whether the load came to something that is not stored */
        void wakeUp(byte[] key, boolean uncacheable);
    }

    /**
     * Notices that a server may have lost what it had confirmed, because another one has taken its place or because it was
     * started anew.
     */
    interface Losses {

        /** Tells the listener each time from now on. */
        void onLoss(LossListener listener);
    }

    /** Hears that something confirmed may be lost. Called before what is read of the new server is answered. Must not block. */
    interface LossListener {

        /** @param isOld whether what is there now may be a copy of any age; otherwise the last moments are lost at most */
        void lost(boolean isOld);
    }

    /**
     * A clock that counts the invalidations of groups of entries, and the tick at which each group was last invalidated. All
     * of it is lost or kept together. The clock is 16 bytes: a stamp (8), whose upper 28 bits name the incarnation and whose
     * lower 36 bits are the seq, and a nonce (8) that every tick changes. Neither stamp nor incarnation is ever 0.
     */
    interface Generations {

        /** What {@link #clockWatch()} answers where nobody watches the clock. */
        long UNWATCHED = 0;

        /** The clock, or null where there is none. It is read after what was sent before it. */
        CompletionStage<byte @Nullable []> clock();

        /**
         * Names a time in which the clock does not go on; a time of another name, or none, has begun as soon as an answer of the
         * backend is here that was given after a tick. Who asked for the clock in that time knows all ticks before each answer that
         * came in it, and need not ask again. Costs next to nothing.
         */
        default long clockWatch() {
            return UNWATCHED;
        }

        /**
         * Makes every entry stamped before now and belonging to one of the groups invalid; with no group, makes sure there is a
         * clock. Very many groups may take several ticks.
         *
         * @param newClock becomes the clock where there is none, or where it cannot go on
         * @param nonce of the new tick
         * @return the clock after it
         */
        CompletionStage<byte[]> advance(List<byte[]> groups, byte[] newClock, long nonce);

        /** Stamps what is under the keys, where it still has the entry id. */
        CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp);

        /** What happened after the clock showed this. */
        CompletionStage<Changes> changesSince(byte[] clock);

        /**
         * Replaces a clock that was set back by one of another incarnation, so that nothing is valid that was stored before. Of
         * several who do so at once, one has its way.
         *
         * @param seen only this clock is replaced
         * @return the clock after it
         */
        CompletionStage<byte[]> restart(byte[] seen, byte[] newClock);

        /** The stamps of these groups, in their order; 0 for one that was never invalidated, or whose stamp was pruned. */
        CompletionStage<List<Long>> stamps(List<byte[]> groups);

        /** The highest stamp that was pruned; 0 where none was. */
        CompletionStage<Long> floor();

        /**
         * What happened after a clock.
         *
         * @param clock the present clock; null where there is none
         * @param forked whether the clock asked about is not in the past of this one although the incarnation is the same: it was
         *     set back in between, and ticks that somebody saw are lost
         * @param groups the groups invalidated after the clock asked about, with their latest stamps; null where the log does not
         *     tell, or the incarnation is another one
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Changes(
                byte @Nullable [] clock,
                boolean forked,
                @Nullable Map<ByteBuffer, Long> groups) {}
    }
}
