package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.codec.Envelope;

/**
 * What is under a key.
 *
 * @param flags when its life ends, as {@link Expiry} has it
 * @param cas what a write names to have its way only where this is still there
 */
@SuppressWarnings("ArrayRecordComponent")
record Item(byte[] value, int flags, long cas) {

    boolean isEnvelope() {
        return Envelope.isEnvelope(value);
    }

    /** Whether it is a lease record, which counts as absent. */
    boolean isRecord() {
        return Envelope.isLease(value);
    }

    /** The token of the lease, dead or alive; 0 for none. */
    long token() {
        return isEnvelope() ? Envelope.leaseToken(value) : 0;
    }

    boolean isReserved() {
        return isEnvelope() && Envelope.leaseUntil(value) == Envelope.RESERVED;
    }
}
