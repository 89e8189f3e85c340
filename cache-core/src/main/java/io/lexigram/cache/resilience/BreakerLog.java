package io.lexigram.cache.resilience;

import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line when a breaker opens, one a minute as long as its probes fail, and one when it closes. */
public final class BreakerLog implements BreakerListener {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String backend;
    private final Duration openFor;
    private final TimeSource time;
    private final AtomicLong saidAt = new AtomicLong();

    public BreakerLog(String backend, Duration openFor, TimeSource time) {
        this.backend = backend;
        this.openFor = openFor;
        this.time = time;
    }

    @Override
    public void changed(State from, State to) {
        switch (to) {
            case OPEN -> opened(from);
            case HALF_OPEN -> log.debug("Cache backend '{}': the next call is a probe", backend);
            case CLOSED -> log.info("Cache backend '{}' answers again: its circuit breaker is closed", backend);
        }
    }

    private void opened(State from) {
        long now = time.nanos();
        long last = saidAt.get();
        if (from == State.CLOSED) {
            saidAt.set(now);
            log.warn(
                    "Cache backend '{}' fails or is slow: its circuit breaker is open, calls are refused, the next one is"
                            + " tried when it answers a ping, or in {} ms",
                    backend,
                    openFor.toMillis());
        } else if (now - last >= INTERVAL_NANOS && saidAt.compareAndSet(last, now)) {
            log.warn("Cache backend '{}' still fails or is slow: its circuit breaker stays open", backend);
        }
    }
}
