package io.lexigram.cache.event;

import io.lexigram.cache.spi.TimeSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hands events to the listeners, each of which has a bounded {@link Mailbox} of its own: none can hold up the cache or another
 * listener. Whether anybody wants a kind of event is the read of one field.
 */
public final class EventDispatcher {

    private final Mailbox[] mailboxes;
    private final boolean wantsHits;
    private final boolean wantsMisses;
    private final boolean wantsStale;
    private final boolean wantsPuts;
    private final boolean wantsInvalidations;
    private final boolean wantsEvictions;
    private final boolean wantsFailures;

    /**
     * @param executor delivers the events; each listener takes one of its threads at most
     * @param maxEvents how many events wait for each listener
     */
    public EventDispatcher(List<CacheEventListener> listeners, Executor executor, int maxEvents, TimeSource time) {
        this.mailboxes = listeners.stream()
                .map(listener -> new Mailbox(listener, executor, maxEvents, time))
                .toArray(Mailbox[]::new);
        this.wantsHits = wants(CacheEvent.Hit.class);
        this.wantsMisses = wants(CacheEvent.Miss.class);
        this.wantsStale = wants(CacheEvent.StaleServed.class);
        this.wantsPuts = wants(CacheEvent.Put.class);
        this.wantsInvalidations = wants(CacheEvent.Invalidated.class);
        this.wantsEvictions = wants(CacheEvent.Evicted.class);
        this.wantsFailures = wants(CacheEvent.Failed.class);
    }

    /** Daemon threads that come when there are events and go after them. */
    public static Executor ownThreads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "lexigram-cache-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    public boolean wantsHits() {
        return wantsHits;
    }

    public boolean wantsMisses() {
        return wantsMisses;
    }

    public boolean wantsStale() {
        return wantsStale;
    }

    public boolean wantsPuts() {
        return wantsPuts;
    }

    public boolean wantsInvalidations() {
        return wantsInvalidations;
    }

    public boolean wantsEvictions() {
        return wantsEvictions;
    }

    public boolean wantsFailures() {
        return wantsFailures;
    }

    /** How many events found the mailbox of a listener full. */
    public long dropped() {
        return Arrays.stream(mailboxes).mapToLong(Mailbox::dropped).sum();
    }

    /** Leaves the event with those who want it, and returns. */
    public void publish(CacheEvent event) {
        for (Mailbox mailbox : mailboxes) {
            mailbox.offer(event);
        }
    }

    private boolean wants(Class<? extends CacheEvent> kind) {
        return Arrays.stream(mailboxes).anyMatch(mailbox -> mailbox.accepts(kind));
    }
}
