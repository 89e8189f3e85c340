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
 * <p>An outcome counts in the period its permit was given in, and in no other: what was under way when the breaker opened can
 * neither close it, nor pass for the probe, nor count once it is closed again. A closed breaker begins to count anew with the
 * first answer in time to a call that was made after there was no connection.
 *
 * <p>Answers are slow from five seconds after the first call on: in those it is the process that is slow, for it loads and
 * compiles what it has never run.
 */
public final class WindowBreaker implements Breaker {

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CircuitBreaker breaker;
    private final BreakerListener listener;
    private final TimeSource time;
    private final long slowNanos;
    private final ReentrantLock telling = new ReentrantLock();
    private volatile Permit period = new Permit(State.CLOSED);

    private volatile @Nullable Long firstCallAt;

    /** When a call of this period last found no connection; null where none did. */
    private volatile @Nullable Long disconnectedAt;

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
        this.time = time;
        this.slowNanos = settings.slowCall().toNanos();
    }

    @Override
    public @Nullable Permit permit() {
        if (firstCallAt == null) {
            firstCallAt = time.nanos();
        }
        boolean permitted = breaker.tryAcquirePermission();
        tell();
        return permitted ? period : null;
    }

    @Override
    public void answered(Permit permit, long nanos) {
        if (isCurrent(permit)) {
            if (isReconnected(nanos)) {
                beginAnew();
            }
            breaker.onSuccess(nanos >= slowNanos && isWarmingUp() ? slowNanos - 1 : nanos, TimeUnit.NANOSECONDS);
            tell();
        }
    }

    private boolean isWarmingUp() {
        Long first = firstCallAt;
        return first != null && time.nanos() - first < WARM_UP_NANOS;
    }

    private boolean isReconnected(long nanos) {
        Long last = disconnectedAt;
        return last != null && nanos < slowNanos && time.nanos() - nanos - last > 0;
    }

    /** A new period, where it is closed and stays so. */
    private void beginAnew() {
        telling.lock();
        try {
            if (disconnectedAt != null && state() == State.CLOSED && period.state() == State.CLOSED) {
                breaker.reset();
                begin(State.CLOSED);
            }
        } finally {
            telling.unlock();
        }
    }

    private void begin(State state) {
        disconnectedAt = null;
        period = new Permit(state);
    }

    @Override
    public void disconnected(Permit permit, long nanos) {
        if (isCurrent(permit)) {
            disconnectedAt = time.nanos();
        }
        failed(permit, nanos);
    }

    @Override
    public void failed(Permit permit, long nanos) {
        if (isCurrent(permit)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new Failure());
            tell();
        }
    }

    @Override
    public void withdrawn(Permit permit) {
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
    void letProbe() {
        if (state() == State.OPEN) {
            breaker.transitionToHalfOpenState();
            tell();
        }
    }

    private boolean isCurrent(Permit permit) {
        return permit == period && permit.state() != State.OPEN && permit.state() == state();
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
        if (period.state() == state()) {
            return;
        }
        telling.lock();
        try {
            State was = period.state();
            State now = state();
            if (was != now) {
                begin(now);
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
