package io.lexigram.cache.backend.redis;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** How long to leave a server alone after failed attempts: 100 ms, doubled with each failure up to 1 s, less up to a half. */
final class Backoff {

    static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MAX_DOUBLINGS = 4;

    private final DoubleSupplier random;

    /** @param random numbers from 0 to 1 */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** @param failures in a row, at least 1 */
    long nanosAfter(int failures) {
        long whole = Math.min(MAX_NANOS, FIRST_NANOS << Math.min(failures - 1, MAX_DOUBLINGS));
        return whole - (long) (whole / 2.0 * random.getAsDouble());
    }
}
