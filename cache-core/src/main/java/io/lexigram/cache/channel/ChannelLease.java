package io.lexigram.cache.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Until when this node can know that it hears the others on every lane: two beats after it sent the last heartbeat that came
 * back to it, on the lane where that is the longest ago. Asked on each hit, because a timer that were to end the lease stands
 * still together with the process.
 */
public final class ChannelLease {

    /** Heartbeats of a lane under way that are known again; one that comes back later than that is of no use. */
    private static final int REMEMBERED = 8;

    private final long nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Proof> proofs = new HashMap<>();
    private long beats;
    private volatile long validUntil;

    /** On one lane, and invalid until a heartbeat has come back. */
    ChannelLease(long beatNanos, long now) {
        this.nanos = 2 * beatNanos;
        this.validUntil = now;
        proofs.put(Message.ONLY_LANE, new Proof(now));
    }

    /** @param now the present moment by the ticker of the channel, in nanoseconds */
    public boolean isValid(long now) {
        return now - validUntil < 0;
    }

    /** When it ends as far as is known, by the ticker of the channel, in nanoseconds. */
    public long end() {
        return validUntil;
    }

    /** Notes on which lanes messages may come. A new one ends the lease until it is proven. @return whether they have changed */
    boolean require(Set<Long> lanes, long now) {
        lock.lock();
        try {
            if (proofs.keySet().equals(lanes)) {
                return false;
            }
            proofs.keySet().retainAll(lanes);
            lanes.forEach(lane -> proofs.computeIfAbsent(lane, added -> new Proof(now)));
            settle();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a heartbeat is about to be sent on a lane. @return its number */
    long sending(long lane, long now) {
        lock.lock();
        try {
            long beat = ++beats;
            Proof proof = proofs.get(lane);
            if (proof != null) {
                proof.sent++;
                proof.underWay.addLast(new Sent(beat, proof.sent, now));
                if (proof.underWay.size() > REMEMBERED) {
                    proof.underWay.removeFirst();
                }
            }
            return beat;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes that a heartbeat came back. Only one that was really sent counts, so that no number makes the lease longer.
     *
     * @return how long it was under way; -1 for one that is unknown
     */
    long echoed(long beat, long now) {
        lock.lock();
        try {
            for (Proof proof : proofs.values()) {
                for (Sent sent : proof.underWay) {
                    if (sent.beat == beat) {
                        proof.echoed(sent, nanos);
                        settle();
                        return now - sent.nanos;
                    }
                }
            }
            return -1;
        } finally {
            lock.unlock();
        }
    }

    /** How many heartbeats were sent on a lane after the last one that came back. */
    long unanswered(long lane) {
        lock.lock();
        try {
            Proof proof = proofs.get(lane);
            return proof == null ? 0 : proof.sent - proof.answered;
        } finally {
            lock.unlock();
        }
    }

    /** Counts unanswered heartbeats from now on. */
    void awaitAnew() {
        lock.lock();
        try {
            proofs.values().forEach(proof -> proof.answered = proof.sent);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lease. */
    void end(long now) {
        lock.lock();
        try {
            proofs.values().forEach(proof -> proof.end = now);
            validUntil = now;
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        boolean isFirst = true;
        long earliest = 0;
        for (Proof proof : proofs.values()) {
            if (isFirst || proof.end - earliest < 0) {
                earliest = proof.end;
            }
            isFirst = false;
        }
        validUntil = earliest;
    }

    /** What is known of one lane. */
    private static final class Proof {

        private final Deque<Sent> underWay = new ArrayDeque<>();
        private long sent;
        private long answered;
        private long end;

        private Proof(long now) {
            this.end = now;
        }

        private void echoed(Sent beat, long nanos) {
            answered = beat.count;
            if (beat.nanos + nanos - end > 0) {
                end = beat.nanos + nanos;
            }
        }
    }

    /** @param count how many were sent on the lane, this one included */
    private record Sent(long beat, long count, long nanos) {}
}
