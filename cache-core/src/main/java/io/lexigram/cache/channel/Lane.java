package io.lexigram.cache.channel;

import java.util.TreeSet;

/**
 * What was heard of one lane. A message that is missed has a moment to come: those of one publisher may overtake each other
 * on its way to the server.
 */
final class Lane {

    /** Messages that came before their turn; more of them mean that something is lost. */
    private static final int MAX_EARLY = 64;

    private final TreeSet<Long> early = new TreeSet<>();
    private long seen;
    private long head;
    private long missingSince;
    private FlushReason missing = FlushReason.GAP;

    /** @param seen the sequence up to which nothing is missed */
    Lane(long seen) {
        this.seen = seen;
        this.head = seen;
    }

    /** Takes a message. @return false for one that came before, or came too late to be missed */
    boolean receive(long sequence, long now) {
        if (sequence <= seen || !early.add(sequence)) {
            return false;
        }
        advance();
        expect(sequence, FlushReason.GAP, now);
        return true;
    }

    /** Hears of a message. */
    void expect(long sequence, FlushReason reason, long now) {
        if (seen >= head && sequence > seen) {
            missingSince = now;
            missing = reason;
        }
        head = Math.max(head, sequence);
    }

    /** Whether a message was missed for so long, or too many have come since. */
    boolean hasLost(long patienceNanos, long now) {
        return head > seen && (now - missingSince >= patienceNanos || early.size() > MAX_EARLY);
    }

    FlushReason missing() {
        return missing;
    }

    /** Misses nothing of what is known to have been sent. */
    void giveUp() {
        seen = head;
        early.clear();
    }

    private void advance() {
        while (!early.isEmpty() && early.first() == seen + 1) {
            seen = early.pollFirst();
        }
    }
}
