package io.lexigram.cache.spi;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Where time comes from.
 *
 * @param clock the wall clock, for what people read and what is stored
 * @param ticker nanoseconds from an arbitrary origin that never go back, for durations and lifetimes in this process
 */
public record TimeSource(Clock clock, LongSupplier ticker) {

    public static final TimeSource SYSTEM = new TimeSource(Clock.systemUTC(), System::nanoTime);

    public long millis() {
        return clock.millis();
    }

    public long nanos() {
        return ticker.getAsLong();
    }
}
