package io.lexigram.cache.channel;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Until when this node can know that it hears the others: two beats after it sent the last heartbeat that came back to it.
 * Asked on each hit, because a timer that were to end the lease stands still together with the process.
 */
public final class ChannelLease {

    /** Heartbeats under way that are known again; one that comes back later than that is of no use. */
    private static final int REMEMBERED = 8;

    private final long nanos;
    private final AtomicLong beats = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Sent> sent = new AtomicReferenceArray<>(REMEMBERED);
    private volatile long answered;
    private volatile long validUntil;

    /** Invalid until a heartbeat has come back. */
    ChannelLease(long beatNanos, long now) {
        this.nanos = 2 * beatNanos;
        this.validUntil = now;
    }

    /** @param now the present moment by the ticker of the channel, in nanoseconds */
    public boolean isValid(long now) {
        return now - validUntil < 0;
    }

    /** When it ends as far as is known, by the ticker of the channel, in nanoseconds. */
    public long end() {
        return validUntil;
    }

    /** Notes that a heartbeat is about to be sent. @return its number */
    long sending(long now) {
        long beat = beats.incrementAndGet();
        sent.set(slot(beat), new Sent(beat, now));
        return beat;
    }

    /**
     * Notes that a heartbeat came back. Only one that was really sent counts, so that no number makes the lease longer.
     *
     * @return how long it was under way; -1 for one that is unknown
     */
    long echoed(long beat, long now) {
        Sent known = sent.get(slot(beat));
        if (known == null || known.beat != beat) {
            return -1;
        }
        answered = beat;
        long end = known.nanos + nanos;
        if (end - validUntil > 0) {
            validUntil = end;
        }
        return now - known.nanos;
    }

    /** How many heartbeats were sent after the last one that came back. */
    long unanswered() {
        return beats.get() - answered;
    }

    /** Counts unanswered heartbeats from now on. */
    void awaitAnew() {
        answered = beats.get();
    }

    /** Ends the lease. */
    void end(long now) {
        validUntil = now;
    }

    private static int slot(long beat) {
        return (int) Math.floorMod(beat, (long) REMEMBERED);
    }

    private record Sent(long beat, long nanos) {}
}
