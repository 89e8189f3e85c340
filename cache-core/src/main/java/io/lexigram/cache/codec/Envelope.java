package io.lexigram.cache.codec;

/**
 * The layout of a stored value: a header of {@value #HEADER_LENGTH} bytes at fixed offsets, then a body. Numbers are big
 * endian, times are milliseconds of the wall clock, and 0 is a time that never comes.
 *
 * <p>Magic, format, entry id and the flags but {@link #FLAG_WAITERS} never change; the checksum covers them and the body.
 * The other header fields may be overwritten in place. A lease record is a header alone.
 *
 * <p>A counter is stored without envelope, as decimal digits.
 */
public final class Envelope {

    /** The first bytes of every stored value that is no counter. Neither is a digit, a sign or a letter of UTF-8 text. */
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
    /** The end of the entry's life as it is shown; the body keeps the one it was written with. */
    public static final int OFFSET_EXPIRES_AT = 36;

    public static final int OFFSET_HITS = 44;
    public static final int OFFSET_LAST_ACCESS = 52;
    public static final int OFFSET_CHECKSUM = 60;

    public static final int HEADER_LENGTH = 64;

    /** The offset of the tags: their count (4 bytes), then each as length (4 bytes) and UTF-8. */
    public static final int OFFSET_TAGS = HEADER_LENGTH + 24;

    /** The record holds no value, only a lease, and counts as absent. */
    public static final int FLAG_LEASE = 1;

    /** The value is null. */
    public static final int FLAG_NULL = 2;

    /** Somebody waits for the value under lease. */
    public static final int FLAG_WAITERS = 4;

    /** The time that never comes, as it is stored. */
    public static final long NEVER = 0;

    private Envelope() {}

    /** Whether the bytes begin as an envelope or lease record does, of whatever format. */
    public static boolean isEnvelope(byte[] bytes) {
        return bytes.length >= HEADER_LENGTH && bytes[OFFSET_MAGIC] == MAGIC_0 && bytes[OFFSET_MAGIC + 1] == MAGIC_1;
    }

    /** Whether the bytes, or the first bytes of a value, are a lease record. */
    public static boolean isLease(byte[] bytes) {
        return isEnvelope(bytes) && (bytes[OFFSET_FLAGS] & FLAG_LEASE) != 0;
    }
}
