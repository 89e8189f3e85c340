package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.codec.Envelope;
import java.nio.ByteBuffer;

/** Envelopes with other fields in their headers. */
final class Bytes {

    private Bytes() {}

    static byte[] withLease(byte[] envelope, long token, long untilMillis) {
        byte[] bytes = with(envelope, Envelope.OFFSET_LEASE_TOKEN, token);
        ByteBuffer.wrap(bytes).putLong(Envelope.OFFSET_LEASE_UNTIL, untilMillis);
        return bytes;
    }

    static byte[] with(byte[] envelope, int offset, long number) {
        byte[] bytes = envelope.clone();
        ByteBuffer.wrap(bytes).putLong(offset, number);
        return bytes;
    }
}
