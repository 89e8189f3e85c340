package io.lexigram.cache.testing;

import io.lexigram.cache.spi.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Wall clock and ticker that move together, and only by {@link #advance}. The ticker overflows in its first second, as a
 * ticker may.
 */
public final class ManualTime {

    private volatile Instant now = Instant.parse("2026-03-29T00:59:59.500Z");
    private volatile long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private final TimeSource source = new TimeSource(new ManualClock(), () -> nanos);

    public TimeSource source() {
        return source;
    }

    public Instant now() {
        return now;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    private final class ManualClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("This clock has no other zone");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
