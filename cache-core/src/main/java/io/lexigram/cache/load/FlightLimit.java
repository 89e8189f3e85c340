package io.lexigram.cache.load;

import java.util.concurrent.atomic.AtomicInteger;

/** The bound of loads and reservations under way at once, shared by all caches of a service. */
public final class FlightLimit {

    private final int max;
    private final AtomicInteger inUse = new AtomicInteger();

    public FlightLimit(int max) {
        this.max = max;
    }

    boolean tryAcquire() {
        if (inUse.incrementAndGet() <= max) {
            return true;
        }
        inUse.decrementAndGet();
        return false;
    }

    void release() {
        inUse.decrementAndGet();
    }

    /** How many are under way. */
    public int inUse() {
        return inUse.get();
    }
}
