package io.lexigram.cache.channel;

import java.util.HashMap;
import java.util.Map;

/** What was heard of one publisher. */
final class Peer {

    final Map<Long, Lane> lanes = new HashMap<>();

    /** When it was last known to be there. */
    private long known;
    /** Since when a sign of it is awaited. */
    private long since;

    private boolean awaited = true;
    private boolean heard;
    private boolean departed;

    /** @param since when a sign of it could have been heard */
    Peer(long since, long now) {
        this.known = now;
        this.since = since;
    }

    void heard(long now) {
        heard = true;
        departed = false;
        await(now);
    }

    /** Awaits the next sign of it from now on. */
    void await(long now) {
        if (!departed) {
            known = now;
            since = now;
            awaited = true;
        }
    }

    /** It said goodbye. */
    void depart(long now) {
        known = now;
        departed = true;
        awaited = false;
    }

    /** It gave the server a sign, which was to reach this node as well. */
    void registered(long now) {
        if (!departed) {
            known = now;
            awaited = true;
        }
    }

    boolean isSilent(long patienceNanos, long now) {
        return awaited && now - since >= patienceNanos;
    }

    /** Its silence was acted upon. */
    void giveUp(long now) {
        awaited = false;
        since = now;
    }

    FlushReason silence() {
        return heard ? FlushReason.SILENT_PEER : FlushReason.UNHEARD_PEER;
    }

    boolean isGone(long patienceNanos, long now) {
        return now - known >= patienceNanos;
    }
}
