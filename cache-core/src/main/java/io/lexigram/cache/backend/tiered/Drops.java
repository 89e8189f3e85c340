package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.invalidate.TagStamps;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts what makes copies invalid, in the order in which this process got to know of it. Who is about to read or write what
 * will be copied draws a {@link #ticket()} before; the copy is good while nothing that concerns it was dropped since.
 *
 * <p>Keys share stripes, so a copy may be refused because of another key; none is admitted wrongly.
 */
class Drops {

    private static final int STRIPES = 1024;

    private final AtomicLong clock = new AtomicLong();
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final AtomicLong everything = new AtomicLong();
    private final AtomicLong flushed = new AtomicLong();
    private volatile @Nullable Silence silence;
    private final TagStamps tagsEverywhere;
    private final int maxTags;

    /** @param maxTags of how many invalidated tags the moment is remembered, once per namespace and once for all of them */
    Drops(int maxTags) {
        this.maxTags = maxTags;
        this.tagsEverywhere = new TagStamps(clock, maxTags);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    long ticket() {
        return clock.get();
    }

    /** The next moment. */
    long next() {
        return clock.incrementAndGet();
    }

    Stripe stripe(String namespace, String key) {
        int hash = 31 * namespace.hashCode() + key.hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    /** Stamps of tags that are compared with these tickets. */
    TagStamps newTagStamps() {
        return new TagStamps(clock, maxTags);
    }

    AtomicLong clock() {
        return clock;
    }

    TagStamps tagsEverywhere() {
        return tagsEverywhere;
    }

    /** Everything was invalidated. */
    void dropEverything() {
        later(everything, next());
    }

    /** Something was invalidated, or may have been, that is not known. */
    void flushForLoss() {
        silence = null;
        flush();
    }

    /**
     * A node is not heard any more, or this one hears nobody.
     *
     * @param provenUntil until when this node knows that it hears the others: if that is never prolonged, the silence was its
     *     own
     */
    void flushForSilence(long provenUntil) {
        Silence before = silence;
        if (before == null || before.provenUntil != provenUntil) {
            silence = new Silence(flushed.get(), provenUntil);
        }
        flush();
    }

    void flush() {
        later(flushed, next());
    }

    /** Whether all was left in place since the ticket. */
    boolean isKept(long ticket) {
        return everything.get() <= ticket;
    }

    /** Whether everything that was invalidated since the ticket is known. */
    boolean isHeard(long ticket) {
        return flushed.get() <= ticket;
    }

    /** Whether everything was known that was invalidated from the ticket until this node was cut off, if it is. */
    boolean wasHeard(long ticket, long provenUntil) {
        Silence since = silence;
        return (since != null && since.provenUntil == provenUntil ? since.flushedBefore : flushed.get()) <= ticket;
    }

    static void later(AtomicLong moment, long now) {
        moment.accumulateAndGet(now, Math::max);
    }

    /** @param flushedBefore the last flush before the first for silence */
    private record Silence(long flushedBefore, long provenUntil) {}

    /** Some of the keys. Whoever changes a copy of one of them holds the lock. */
    static final class Stripe extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        private long droppedAt;

        /** Whether no key of the stripe was dropped since the ticket. */
        boolean isKept(long ticket) {
            return droppedAt <= ticket;
        }

        void dropped(long now) {
            droppedAt = now;
        }
    }
}
