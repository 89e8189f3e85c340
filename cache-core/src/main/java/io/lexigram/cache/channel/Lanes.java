package io.lexigram.cache.channel;

import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges from what was heard whether anything was missed: a message that others passed, or that a heartbeat tells of, and
 * that does not come within a quarter of a beat, 250 ms at most; a publisher not heard for a beat and three quarters without
 * goodbye, as often as the server says that it lives; a publisher that had sent something before it was heard at all.
 *
 * <p>Bounded: when there are more lanes than the bound allows, all are forgotten, and that is judged as a loss. Not
 * thread-safe.
 */
final class Lanes {

    /** A server forgets who is silent for 10 beats: it does so first. */
    static final int REGISTERED_BEATS = 10;

    private static final int FORGET_BEATS = REGISTERED_BEATS + 2;
    private static final long MAX_CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int maxLanes;
    private final long beatNanos;
    private final long catchUpNanos;
    private final long silenceNanos;
    private final Consumer<FlushReason> flush;
    private final Map<Long, Peer> peers = new HashMap<>();
    private int laneCount;
    private boolean isSubscribed;
    private long subscribedAt;

    /** @param flush is told of each loss */
    Lanes(int maxLanes, long beatNanos, Consumer<FlushReason> flush) {
        this.maxLanes = maxLanes;
        this.beatNanos = beatNanos;
        this.catchUpNanos = Math.min(MAX_CATCH_UP_NANOS, beatNanos / 4);
        this.silenceNanos = beatNanos / 4 * 7;
        this.flush = flush;
    }

    /** A new subscription: every publisher has to be heard anew. */
    void subscribed(long now) {
        isSubscribed = true;
        subscribedAt = now;
        flush.accept(FlushReason.SUBSCRIBED);
        peers.values().forEach(peer -> peer.await(now));
    }

    /** @return false for a message that came before, or after it was given up */
    boolean invalidated(Invalidated message, long now) {
        Peer peer = heard(message.publisher(), now);
        Lane lane = lane(peer, message.lane(), message.sequence() - 1);
        if (lane == null) {
            return true;
        }
        boolean isNew = lane.receive(message.sequence(), now);
        if (lane.hasLost(catchUpNanos, now)) {
            flush.accept(lane.missing());
            lane.giveUp();
        }
        return isNew;
    }

    void heartbeat(Heartbeat message, long now) {
        heads(heard(message.publisher(), now), message.heads(), now);
    }

    /** What it sent and was not heard is still missed. */
    void goodbye(Goodbye message, long now) {
        Peer peer = heard(message.publisher(), now);
        heads(peer, message.heads(), now);
        peer.depart(now);
    }

    /**
     * The server knows of a publisher. The sign it gave to the server went to this node as well, if there was a subscription.
     *
     * @param silentNanos since that sign
     */
    void registered(long publisher, long silentNanos, long now) {
        Peer peer = peers.get(publisher);
        if (peer == null) {
            boolean missed = isSubscribed && now - subscribedAt > silentNanos;
            peer(publisher, now - (missed ? silenceNanos - catchUpNanos : silentNanos), now);
        } else if (silentNanos < 2 * beatNanos) {
            peer.registered(now);
        }
    }

    /** Looks for what did not happen. */
    void tick(long now) {
        FlushReason reason = null;
        for (Peer peer : peers.values()) {
            for (Lane lane : peer.lanes.values()) {
                if (lane.hasLost(catchUpNanos, now)) {
                    reason = lane.missing();
                    lane.giveUp();
                }
            }
            if (peer.isSilent(silenceNanos, now)) {
                reason = peer.silence();
                peer.giveUp(now);
            }
        }
        if (reason != null) {
            flush.accept(reason);
        }
        peers.values().removeIf(peer -> {
            boolean gone = peer.isGone(FORGET_BEATS * beatNanos, now);
            laneCount -= gone ? peer.lanes.size() : 0;
            return gone;
        });
    }

    int peerCount() {
        return peers.size();
    }

    private void heads(Peer peer, Map<Long, Long> heads, long now) {
        for (Map.Entry<Long, Long> head : heads.entrySet()) {
            Lane lane = lane(peer, head.getKey(), head.getValue());
            if (lane == null) {
                return;
            }
            lane.expect(head.getValue(), FlushReason.BEHIND, now);
        }
    }

    private Peer heard(long publisher, long now) {
        Peer peer = peer(publisher, now, now);
        peer.heard(now);
        return peer;
    }

    private Peer peer(long publisher, long since, long now) {
        Peer peer = peers.get(publisher);
        if (peer == null) {
            if (peers.size() >= maxLanes) {
                forgetAll();
            }
            peer = new Peer(since, now);
            peers.put(publisher, peer);
        }
        return peer;
    }

    /**
     * @param seen where an unknown lane is taken up
     * @return null where there is no room for it any more
     */
    private @Nullable Lane lane(Peer peer, long id, long seen) {
        Lane lane = peer.lanes.get(id);
        if (lane == null) {
            if (laneCount >= maxLanes) {
                forgetAll();
                return null;
            }
            lane = new Lane(seen);
            peer.lanes.put(id, lane);
            laneCount++;
            if (seen > 0) {
                flush.accept(FlushReason.UNKNOWN_LANE);
            }
        }
        return lane;
    }

    private void forgetAll() {
        peers.clear();
        laneCount = 0;
        flush.accept(FlushReason.TOO_MANY_LANES);
    }
}
