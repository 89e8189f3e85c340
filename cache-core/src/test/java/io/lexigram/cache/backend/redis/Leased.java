package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Set;

/** Lease records and values whose header the test chooses. */
final class Leased {

    /** Longer than any test runs. */
    static final long LONG = 600_000;

    /** Of the values. No byte of it is zero. */
    static final long STAMP = 0x1122334455667788L;

    static final byte[] CHANNEL = KEYS.auxiliary("wake", "");

    private Leased() {}

    static byte[] record(long entryId, long token) {
        return Envelope.lease(entryId, token, 0, 77).toBytes();
    }

    /** A value with the stamp {@link #STAMP}. */
    static ByteEntry value(String key, long entryId, String text, String... tags) {
        byte[] payload = bytes(text);
        Content content = new Content(
                1,
                Envelope.NEVER,
                0,
                0,
                Set.of(tags),
                "s",
                "ns",
                key,
                null,
                new Payload("bytes", payload, 0, payload.length));
        Header header = new Header(entryId, false, 0, 0, STAMP, Envelope.NEVER, 0, 0);
        return new ByteEntry(
                Entries.key(key), new Envelope(header, content).toBytes(), StoredEntry.NEVER, Set.of(tags));
    }

    static Header header(byte[] stored) {
        return Envelope.read(stored).header();
    }
}
