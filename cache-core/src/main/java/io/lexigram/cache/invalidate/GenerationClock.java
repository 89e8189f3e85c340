package io.lexigram.cache.invalidate;

import io.lexigram.cache.CacheBackendException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The clock of generations at one tick. The nonce tells ticks with one stamp apart, should the clock be set back. */
final class GenerationClock {

    private static final int LENGTH = 2 * Long.BYTES;

    private final long stamp;
    private final long nonce;
    private final CompletionStage<Long> known;

    GenerationClock(long stamp, long nonce) {
        this.stamp = stamp;
        this.nonce = nonce;
        this.known = CompletableFuture.completedStage(stamp);
    }

    /** @throws CacheBackendException when the bytes are no clock */
    static GenerationClock read(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new CacheBackendException(
                    "The clock of generations has " + bytes.length + " bytes instead of " + LENGTH);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new GenerationClock(in.getLong(), in.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(stamp).putLong(nonce).array();
    }

    long stamp() {
        return stamp;
    }

    long incarnation() {
        return Stamp.incarnation(stamp);
    }

    long seq() {
        return Stamp.seq(stamp);
    }

    /** The stamp as an answer. */
    CompletionStage<Long> known() {
        return known;
    }

    boolean isSame(GenerationClock other) {
        return stamp == other.stamp && nonce == other.nonce;
    }

    boolean isAfter(GenerationClock other) {
        return incarnation() == other.incarnation() && seq() > other.seq();
    }
}
