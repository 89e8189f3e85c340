package io.lexigram.cache.invalidate;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When each tag was last invalidated, as a count of invalidations.
 *
 * <p>Bounded: when more tags are known than the bound allows all are forgotten, and a forgotten tag counts as invalidated at
 * that moment. Forgetting can refuse what is valid; it never admits what is not.
 */
public final class TagStamps {

    private final AtomicLong clock;
    private final int maxTags;
    private final ConcurrentHashMap<String, Long> stamps = new ConcurrentHashMap<>();
    private final ReentrantLock invalidating = new ReentrantLock();
    private volatile long floor;
    private volatile long latest;

    /**
     * Makes an empty set of stamps.
     *
     * @param clock counts invalidations; scopes that are compared with each other share it
     */
    public TagStamps(AtomicLong clock, int maxTags) {
        this.clock = clock;
        this.maxTags = maxTags;
    }

    /** Marks the tag as invalidated now. */
    public void invalidate(String tag) {
        invalidating.lock();
        try {
            long now = clock.incrementAndGet();
            if (stamps.size() >= maxTags && !stamps.containsKey(tag)) {
                floor = now;
                stamps.clear();
            }
            stamps.put(tag, now);
            latest = now;
        } finally {
            invalidating.unlock();
        }
    }

    /** Whether no tag at all was invalidated after the stamp. */
    boolean quietSince(long stamp) {
        return latest <= stamp;
    }

    /** Whether none of the tags was invalidated after the stamp. */
    boolean validSince(long stamp, Iterable<String> tags) {
        if (quietSince(stamp)) {
            return true;
        }
        for (String tag : tags) {
            Long last = stamps.get(tag);
            if ((last == null ? floor : last) > stamp) {
                return false;
            }
        }
        return true;
    }
}
