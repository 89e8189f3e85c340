package io.lexigram.cache.event;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the listeners on an executor, one after another. The queue is bounded: what does not fit is dropped and
 * counted, so that no listener can hold up the cache.
 */
public final class EventDispatcher {

    private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

    private final List<CacheEventListener> listeners;
    private final Executor executor;
    private final ArrayBlockingQueue<CacheEvent> queue;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private final boolean wantsHits;
    private final boolean wantsMisses;
    private final boolean wantsEvictions;

    public EventDispatcher(List<CacheEventListener> listeners, Executor executor, int maxEvents) {
        this.listeners = List.copyOf(listeners);
        this.executor = executor;
        this.queue = new ArrayBlockingQueue<>(maxEvents);
        this.wantsHits = wants(CacheEvent.Hit.class);
        this.wantsMisses = wants(CacheEvent.Miss.class);
        this.wantsEvictions = wants(CacheEvent.Evicted.class);
    }

    public boolean wantsHits() {
        return wantsHits;
    }

    public boolean wantsMisses() {
        return wantsMisses;
    }

    public boolean wantsEvictions() {
        return wantsEvictions;
    }

    /** How many events found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Queues the event and returns. */
    public void publish(CacheEvent event) {
        if (listeners.isEmpty()) {
            return;
        }
        if (!queue.offer(event)) {
            dropped.increment();
            return;
        }
        if (draining.compareAndSet(false, true)) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                draining.set(false);
                log.debug("Cache events wait: the executor takes no work", e);
            }
        }
    }

    private void drain() {
        do {
            for (CacheEvent event = queue.poll(); event != null; event = queue.poll()) {
                deliver(event);
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    private void deliver(CacheEvent event) {
        for (CacheEventListener listener : listeners) {
            try {
                if (listener.accepts(event.getClass())) {
                    listener.onEvent(event);
                }
            } catch (RuntimeException e) {
                log.warn("A cache event listener failed on {}", event.getClass().getSimpleName(), e);
            }
        }
    }

    private boolean wants(Class<? extends CacheEvent> type) {
        return listeners.stream().anyMatch(listener -> listener.accepts(type));
    }
}
