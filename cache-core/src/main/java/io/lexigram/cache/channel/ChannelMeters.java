package io.lexigram.cache.channel;

import java.util.concurrent.atomic.LongAdder;

/** What a channel counts, since it was made. */
public final class ChannelMeters {

    final LongAdder sent = new LongAdder();
    final LongAdder unsent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder flushes = new LongAdder();
    volatile long lagNanos;
    volatile long receivers;

    ChannelMeters() {}

    /** Invalidations handed to the transport. */
    public long sent() {
        return sent.sum();
    }

    /** Messages that the transport could not deliver to the server, or that were too long or came after the end. */
    public long unsent() {
        return unsent.sum();
    }

    /** Invalidations of other nodes. */
    public long received() {
        return received.sum();
    }

    /** Of these, the ones that came twice or after they were given up; they take effect all the same. */
    public long late() {
        return late.sum();
    }

    /** Messages of an unknown version or type, and bytes that are no message. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Flushes because a message was missed. */
    public long gaps() {
        return gaps.sum();
    }

    /** Flushes for any reason. */
    public long flushes() {
        return flushes.sum();
    }

    /** How long the last heartbeat was on its way back to this node. */
    public long lagNanos() {
        return lagNanos;
    }

    /** How many subscriptions got the last heartbeat. */
    public long receivers() {
        return receivers;
    }

    void flushed(FlushReason reason) {
        flushes.increment();
        if (reason == FlushReason.GAP || reason == FlushReason.BEHIND) {
            gaps.increment();
        }
    }
}
