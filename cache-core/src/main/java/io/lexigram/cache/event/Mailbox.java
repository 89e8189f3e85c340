package io.lexigram.cache.event;

import io.lexigram.cache.spi.TimeSource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that wait for one listener. Bounded: what does not fit is dropped and counted. */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final CacheEventListener listener;
    private final Set<Class<?>> accepted;
    private final Executor executor;
    private final int max;
    private final TimeSource time;
    private final ConcurrentLinkedQueue<CacheEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong nextLog;

    Mailbox(CacheEventListener listener, Executor executor, int max, TimeSource time) {
        this.listener = listener;
        this.accepted = Arrays.stream(CacheEvent.class.getPermittedSubclasses())
                .filter(kind -> listener.accepts(kind.asSubclass(CacheEvent.class)))
                .collect(Collectors.toUnmodifiableSet());
        this.executor = executor;
        this.max = max;
        this.time = time;
        this.nextLog = new AtomicLong(time.nanos());
    }

    boolean accepts(Class<? extends CacheEvent> kind) {
        return accepted.contains(kind);
    }

    long dropped() {
        return dropped.sum();
    }

    /** Neither waits nor throws. */
    void offer(CacheEvent event) {
        if (!accepts(event.getClass())) {
            return;
        }
        if (waiting.incrementAndGet() > max) {
            waiting.decrementAndGet();
            dropped.increment();
            if (isLogDue()) {
                log.warn(
                        "{} is too slow for its cache events: {} of them were dropped so far. Let it want fewer kinds, or"
                                + " raise lexigram.cache.limits.events",
                        listener,
                        dropped());
            }
            return;
        }
        queue.add(event);
        if (delivering.compareAndSet(false, true)) {
            startDelivery();
        }
    }

    /** Without a thread to deliver them, events wait for the next one. */
    private void startDelivery() {
        try {
            executor.execute(this::deliver);
        } catch (RuntimeException | OutOfMemoryError e) {
            delivering.set(false);
            log.debug("Cache events wait for a thread", e);
        }
    }

    private void deliver() {
        do {
            try {
                for (CacheEvent event = queue.poll(); event != null; event = queue.poll()) {
                    waiting.decrementAndGet();
                    deliver(event);
                }
            } finally {
                delivering.set(false);
            }
        } while (!queue.isEmpty() && delivering.compareAndSet(false, true));
    }

    private void deliver(CacheEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable failure) {
            if (isLogDue()) {
                log.warn("{} failed on {}", listener, event.getClass().getSimpleName(), failure);
            }
        }
    }

    /** One line a minute for each listener. */
    private boolean isLogDue() {
        long due = nextLog.get();
        long now = time.nanos();
        return now - due >= 0 && nextLog.compareAndSet(due, now + LOG_NANOS);
    }
}
