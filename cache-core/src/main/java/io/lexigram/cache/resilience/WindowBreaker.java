package io.lexigram.cache.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A breaker that judges by the last calls, counted by Resilience4j.
 *
 * <p>An outcome counts in the state its permit was given in, and in no other: what was under way when the breaker opened can
 * neither close it nor pass for the probe.
 */
public final class WindowBreaker implements Breaker {

    private final CircuitBreaker breaker;
    private final BreakerListener listener;
    private final ReentrantLock telling = new ReentrantLock();
    private volatile State told = State.CLOSED;

    public WindowBreaker(String backend, CircuitBreakerSettings settings, TimeSource time, BreakerListener listener) {
        this.breaker = CircuitBreaker.of(
                backend,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                settings.window(), Math.max(1, settings.window() / 2), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(settings.failureRate())
                        .slowCallRateThreshold(settings.failureRate())
                        .slowCallDurationThreshold(settings.slowCall())
                        .waitDurationInOpenState(settings.openFor())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(new TickerClock(time))
                        .build());
        this.listener = listener;
    }

    @Override
    public @Nullable State permit() {
        if (!breaker.tryAcquirePermission()) {
            tell();
            return null;
        }
        State state = state();
        if (state != State.CLOSED) {
            tell();
        }
        return state;
    }

    @Override
    public void answered(State permit, long nanos) {
        if (isCurrent(permit)) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            tell();
        }
    }

    @Override
    public void failed(State permit, long nanos) {
        if (isCurrent(permit)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new Failure());
            tell();
        }
    }

    @Override
    public void withdrawn(State permit) {
        if (isCurrent(permit)) {
            breaker.releasePermission();
        }
    }

    /** Opens for its usual time, whatever it counted. */
    void open() {
        breaker.transitionToOpenState();
        tell();
    }

    /** Lets the next call through as the probe, where it is open. */
    void probe() {
        if (state() == State.OPEN) {
            breaker.transitionToHalfOpenState();
            tell();
        }
    }

    private boolean isCurrent(State permit) {
        return permit != State.OPEN && permit == state();
    }

    @Override
    public State state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
        };
    }

    /** Resilience4j would make an event of each call for a listener of its own. */
    private void tell() {
        if (told == state()) {
            return;
        }
        telling.lock();
        try {
            State was = told;
            State now = state();
            if (was != now) {
                told = now;
                listener.changed(was, now);
            }
        } finally {
            telling.unlock();
        }
    }

    /** Resilience4j wants to see what a call failed with. */
    private static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        private Failure() {
            super(null, null, false, false);
        }
    }

    /** The ticker as a clock that is never set. */
    private static final class TickerClock extends Clock {

        private final TimeSource time;
        private final long origin;

        private TickerClock(TimeSource time) {
            this.time = time;
            this.origin = time.nanos();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(time.nanos() - origin);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
