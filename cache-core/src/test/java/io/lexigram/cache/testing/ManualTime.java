package io.lexigram.cache.testing;

import io.lexigram.cache.spi.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when a test says so; clock and ticker move together. */
public final class ManualTime {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    public TimeSource source() {
        return new TimeSource(new ManualClock(), nanos::get);
    }

    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    private final class ManualClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
