package io.lexigram.cache.invalidate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The groups that the entries of one cache belong to: tags of this cache, and tags across all caches.
 *
 * <p>A load takes a {@link #stamp()} before it reads anything; what it makes may be stored only if its groups are still valid
 * {@linkplain #validSince since} that stamp.
 */
public final class Groups {

    private final AtomicLong clock;
    private final TagStamps ofCache;
    private final TagStamps ofAllCaches;

    public Groups(AtomicLong clock, TagStamps ofCache, TagStamps ofAllCaches) {
        this.clock = clock;
        this.ofCache = ofCache;
        this.ofAllCaches = ofAllCaches;
    }

    /** The present moment, as a count of invalidations. */
    public long stamp() {
        return clock.get();
    }

    /** Marks a tag of this cache as invalidated now. */
    public void invalidate(String tag) {
        ofCache.invalidate(tag);
    }

    /** Whether no group was invalidated since the stamp, whatever tags an entry carries. */
    public boolean quietSince(long stamp) {
        return ofCache.quietSince(stamp) && ofAllCaches.quietSince(stamp);
    }

    /** Whether none of these tags was invalidated since the stamp. */
    public boolean validSince(long stamp, Iterable<String> tags) {
        return ofCache.validSince(stamp, tags) && ofAllCaches.validSince(stamp, tags);
    }
}
