package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheStampedeException;
import io.lexigram.cache.load.Flight;
import org.jspecify.annotations.Nullable;

/**
 * One caller's way to a value, turn by turn. It counts once as hit or miss; where the backend fails, it goes on without it if
 * the policy says so.
 */
final class Attempts<V> {

    private final Region region;
    private final Turns turns;
    private final @Nullable Thread caller;
    private final long giveUpAt;
    private LoadRequest<V> request;
    private boolean isCounted;

    /** The thread is null where the load blocks none. */
    Attempts(Region region, Turns turns, LoadRequest<V> request, @Nullable Thread caller) {
        this.region = region;
        this.turns = turns;
        this.request = request;
        this.caller = caller;
        this.giveUpAt = region.engine().time().nanos()
                + region.engine().protection().maxWait().toNanos();
        this.isCounted = region.sharedLoads() == null || !request.readable();
    }

    LoadRequest<V> request() {
        return request;
    }

    /** How long the caller may still wait for others, in nanoseconds. */
    long patience() {
        return Math.max(0, giveUpAt - region.engine().time().nanos());
    }

    /** What a caller gets who has waited long enough for somebody else's load. */
    CacheStampedeException refusal(String holder) {
        CacheStampedeException refused = new CacheStampedeException(
                "Waited " + region.engine().protection().maxWait() + " for a load led by " + holder
                        + ". Raise max-wait, make the loader faster, or set on-wait-timeout to load.",
                holder);
        refused.at(region.policy().backend(), region.displayName(), region.shown(request.key()));
        return refused;
    }

    static String holder(Flight flight) {
        Thread leader = flight.leader();
        return leader == null ? "an asynchronous load" : "thread " + leader.getName();
    }

    Turn next() {
        try {
            Turn turn = turns.next(request, caller);
            count(turn);
            return turn;
        } catch (CacheException e) {
            region.rescue(request.policy(), "reading", e);
            request = request.unreadable();
            isCounted = true;
            return turns.next(request, caller);
        }
    }

    private void count(Turn turn) {
        if (isCounted) {
            return;
        }
        isCounted = true;
        if (turn instanceof Turn.Hit hit) {
            region.hit(request.key(), hit.entry());
        } else {
            region.missed(request.key());
        }
    }
}
