package io.lexigram.cache.codec;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheSerializationException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored value with what must be known to read it: a header of {@value #HEADER_LENGTH} bytes at fixed offsets, then a
 * body. Numbers are big endian, times are milliseconds of the wall clock, and {@link #NEVER} is the time that never comes.
 *
 * <p>Magic, format, entry id and the flags but {@link #FLAG_WAITERS} never change; the checksum covers them and the body.
 * The other header fields may be overwritten in place. A lease record is a header alone.
 *
 * <p>A counter is stored without envelope; see {@link RawCounter}.
 *
 * @param content null for a lease record
 */
public record Envelope(Header header, @Nullable Content content) {

    /** The first bytes of every stored value that is no counter; the first one begins no UTF-8 text. */
    public static final byte MAGIC_0 = (byte) 0x9C;

    public static final byte MAGIC_1 = 'L';

    /** The format that is written. */
    public static final byte FORMAT = 1;

    public static final int OFFSET_MAGIC = 0;
    public static final int OFFSET_FORMAT = 2;
    public static final int OFFSET_FLAGS = 3;
    public static final int OFFSET_ENTRY_ID = 4;
    public static final int OFFSET_LEASE_TOKEN = 12;
    public static final int OFFSET_LEASE_UNTIL = 20;
    public static final int OFFSET_GROUP_SEQ = 28;
    public static final int OFFSET_EXPIRES_AT = 36;
    public static final int OFFSET_HITS = 44;
    public static final int OFFSET_LAST_ACCESS = 52;

    /** CRC-32C of magic, format, flags without {@link #FLAG_WAITERS}, entry id and all bytes of the body. */
    public static final int OFFSET_CHECKSUM = 60;

    public static final int HEADER_LENGTH = 64;

    /**
     * Creation, end of life as written, grace and load time (8 bytes each) come before the tags: their count (4 bytes), then each tag, in
     * the order of their bytes, as length (4 bytes) and UTF-8.
     */
    public static final int OFFSET_TAGS = HEADER_LENGTH + 32;

    /** The record holds no value, only a lease, and counts as absent. */
    public static final int FLAG_LEASE = 1;

    /** The value is null. */
    public static final int FLAG_NULL = 2;

    /** Somebody waits for the value under lease. */
    public static final int FLAG_WAITERS = 4;

    /** The time that never comes, as it is stored. */
    public static final long NEVER = 0;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The end of the lease in a lease record that keeps nobody from loading. */
    public static final long RESERVED = 1;

    /** The end of the lease in the bytes of an envelope or lease record. */
    public static long leaseUntil(byte[] envelope) {
        return longAt(envelope, OFFSET_LEASE_UNTIL);
    }

    /** A lease record. It has no life of its own: the server's lifetime of the key ends it. */
    public static Envelope lease(long entryId, long token, long untilMillis, long groupSeq) {
        return new Envelope(new Header(entryId, false, token, untilMillis, groupSeq, NEVER, 0, 0), null);
    }

    /** Whether the bytes, or the first bytes of a value, begin as an envelope or lease record of any format does. */
    public static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= HEADER_LENGTH && bytes[OFFSET_MAGIC] == MAGIC_0 && bytes[OFFSET_MAGIC + 1] == MAGIC_1;
    }

    /** Whether the bytes, or the first bytes of a value, are a lease record. */
    public static boolean isLease(byte[] bytes) {
        return isEnvelope(bytes) && (bytes[OFFSET_FLAGS] & FLAG_LEASE) != 0;
    }

    /** The entry id of the bytes of an envelope or lease record. */
    public static long entryId(byte[] envelope) {
        return longAt(envelope, OFFSET_ENTRY_ID);
    }

    /** The token of the lease in the bytes of an envelope or lease record; 0 for none. */
    public static long leaseToken(byte[] envelope) {
        return longAt(envelope, OFFSET_LEASE_TOKEN);
    }

    /** The group seq in the bytes of an envelope or lease record. */
    public static long groupSeq(byte[] envelope) {
        return longAt(envelope, OFFSET_GROUP_SEQ);
    }

    private static long longAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /**
     * Reads an envelope of any known format. The payload stays where it is, in these bytes.
     *
     * @throws CacheSerializationException when the bytes are no whole, unchanged envelope
     */
    public static Envelope read(byte[] bytes) {
        return read(bytes, Expected.NOTHING);
    }

    /** As {@link #read(byte[])}; a text that is as expected is that very string, and not made anew. */
    public static Envelope read(byte[] bytes, Expected expected) {
        return EnvelopeFormats.of(bytes).read(bytes, expected);
    }

    /**
     * Reads what names the entry from the first bytes of an envelope, without proof that they are unchanged.
     *
     * @return null when it takes more bytes to tell
     * @throws CacheSerializationException when no bytes that follow could make these an envelope
     */
    public static @Nullable Head readHead(byte[] firstBytes) {
        return EnvelopeFormats.of(firstBytes).readHead(firstBytes);
    }

    /**
     * The bytes to store.
     *
     * @throws CacheSerializationException when a text has an unpaired surrogate
     * @throws CacheCapacityException when no array can hold them
     */
    public byte[] toBytes() {
        return EnvelopeFormats.CURRENT.write(this);
    }

    /**
     * What may change while the value stays.
     *
     * @param entryId sets this writing of the key apart from others
     * @param waiters whether {@link #FLAG_WAITERS} is set
     * @param leaseToken who loads the next value
     * @param groupSeq the number of the last group invalidation before the value was loaded
     * @param expiresAtMillis the end of the entry's life
     */
    public record Header(
            long entryId,
            boolean waiters,
            long leaseToken,
            long leaseUntilMillis,
            long groupSeq,
            long expiresAtMillis,
            long hits,
            long lastAccessMillis) {}

    /**
     * What is written once.
     *
     * @param expiresAtMillis the end of the value's life, as it was when the value was written
     * @param graceMillis how long the server keeps the value past its life
     * @param loadNanos how long the load took, 0 where the value was not loaded
     * @param schema the type the value was written as
     * @param namespace empty for keys without one
     * @param payload null where the value is null
     */
    public record Content(
            long createdAtMillis,
            long expiresAtMillis,
            long graceMillis,
            long loadNanos,
            Set<String> tags,
            String schema,
            String namespace,
            String key,
            @Nullable String version,
            @Nullable Payload payload) {}

    /** What an envelope probably holds; nothing depends on it but what the reading costs. */
    public record Expected(String schema, String namespace, String key, String codec) {

        private static final Expected NOTHING = new Expected("", "", "", "");
    }

    /** A part of an array, encoded by the codec of this name. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Payload(String codec, byte[] bytes, int offset, int length) {}

    /**
     * What names an entry.
     *
     * @param lease whether it is a lease record; tags, namespace and key are empty then
     */
    public record Head(boolean lease, long entryId, long groupSeq, Set<String> tags, String namespace, String key) {}
}
