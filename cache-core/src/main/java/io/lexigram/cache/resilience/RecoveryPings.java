package io.lexigram.cache.resilience;

import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a backend in the background whether it is back while its breaker is open, so that no caller has to find out. As soon as
 * it answers, the next call is let through as the probe.
 *
 * <p>The first ping comes after 100 ms, further ones at pauses that double up to a second, all of them less up to a half. A
 * breaker that opens again within its usual time since a ping was answered has learnt that pings say little of this fault: each
 * time its first ping comes twice as late, up to that usual time.
 */
public final class RecoveryPings implements BreakerListener, AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 30;

    private final WindowBreaker breaker;
    private final Consumer<Duration> ping;
    private final Duration openFor;
    private final Duration patience;
    private final TimeSource time;
    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final DoubleSupplier random;

    private boolean closed;
    private int change;
    private int inVain;
    private long pauseMillis;
    private @Nullable Long answeredAt;

    /**
     * @param ping waits for an answer at most for this time, and throws where none comes
     * @param executor runs {@code ping}
     * @param random numbers from 0 to 1
     */
    public RecoveryPings(
            WindowBreaker breaker,
            Consumer<Duration> ping,
            CircuitBreakerSettings settings,
            TimeSource time,
            ScheduledExecutorService scheduler,
            Executor executor,
            DoubleSupplier random) {
        this.breaker = breaker;
        this.ping = ping;
        this.openFor = settings.openFor();
        this.patience = settings.slowCall().compareTo(LONGEST_PATIENCE) < 0 ? settings.slowCall() : LONGEST_PATIENCE;
        this.time = time;
        this.scheduler = scheduler;
        this.executor = executor;
        this.random = random;
        this.pauseMillis = firstPause();
    }

    private long firstPause() {
        return Math.min(openFor.toMillis(), FIRST_PAUSE_MILLIS << Math.min(inVain, MAX_DOUBLINGS));
    }

    @Override
    public synchronized void changed(State from, State to) {
        change++;
        if (to != State.OPEN) {
            return;
        }
        Long answered = answeredAt;
        if (answered != null) {
            inVain = time.nanos() - answered < openFor.toNanos() ? inVain + 1 : 0;
            pauseMillis = firstPause();
            answeredAt = null;
        }
        schedule(change);
    }

    private void schedule(int opening) {
        if (closed) {
            return;
        }
        long millis = pauseMillis - (long) (pauseMillis / 2.0 * random.getAsDouble());
        try {
            var unused = scheduler.schedule(() -> executor.execute(() -> ask(opening)), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The service is closed.
        }
    }

    private void ask(int opening) {
        if (!isCurrent(opening)) {
            return;
        }
        try {
            ping.accept(patience);
        } catch (RuntimeException e) {
            askAgain(opening);
            return;
        }
        if (noteAnswer(opening)) {
            breaker.letProbe();
        }
    }

    private synchronized boolean isCurrent(int opening) {
        return opening == change && !closed;
    }

    private synchronized boolean noteAnswer(int opening) {
        if (!isCurrent(opening)) {
            return false;
        }
        answeredAt = time.nanos();
        return true;
    }

    private synchronized void askAgain(int opening) {
        if (isCurrent(opening)) {
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            schedule(opening);
        }
    }

    /** Asks no more. */
    @Override
    public synchronized void close() {
        closed = true;
    }
}
