package io.lexigram.cache.backend.memcached;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of an item that was read.
 *
 * @param value null where it stays as it is
 */
@SuppressWarnings("ArrayRecordComponent")
record Edit<T extends @Nullable Object>(T outcome, byte @Nullable [] value, Expiry expiry) {

    private static final byte[] NO_BYTES = {};

    static <T extends @Nullable Object> Edit<T> keep(T outcome) {
        return new Edit<>(outcome, null, Expiry.NEVER);
    }

    static <T extends @Nullable Object> Edit<T> write(T outcome, byte[] value, Expiry expiry) {
        return new Edit<>(outcome, value, expiry);
    }

    /** The protocol has no removal of what was seen and nothing else, but writing it as long past is one. */
    static <T extends @Nullable Object> Edit<T> remove(T outcome) {
        return new Edit<>(outcome, NO_BYTES, Expiry.PAST);
    }
}
