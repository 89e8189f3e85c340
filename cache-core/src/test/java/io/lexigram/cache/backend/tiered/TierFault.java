package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.spi.CacheBackend;

/** What a tier can get wrong, each planted in the parts it is made of; and what it must be a match for. */
public enum TierFault {
    NONE,
    /** No fault: who is about to copy something takes time. */
    SLOW_COPIES,
    /** No fault: every third invalidation is not heard. */
    LOST_MESSAGES,
    /** No fault: after a few heartbeats a node hears nothing any more, nor answers to what it sends. */
    DEAF_NODES,
    /** What was read is copied, whatever was dropped since it was asked for. */
    COPIED_AFTER_DROP,
    /** What was written is copied, whatever was dropped since it was sent. */
    WRITTEN_AFTER_DROP,
    /** A removal drops the copy before the shared tier is asked, and not after it. */
    DROPPED_ONCE,
    /** Other nodes are not told of puts. */
    PUTS_UNTOLD,
    /** Other nodes are not told of invalidated groups. */
    GROUPS_UNTOLD,
    /** Copies are served by deaf nodes as by others. */
    LEASE_IGNORED,
    /** Some invalidations are not heard, and it has no effect when that is found out. */
    FLUSH_IGNORED;

    /** A tier with the fault. */
    public TieredBackend.Builder tier(CacheBackend local, CacheBackend shared) {
        return this == NONE ? TieredBackend.builder(local, shared) : new BrokenParts(this).tier(local, shared);
    }

    boolean isSlow() {
        return this == SLOW_COPIES || this == COPIED_AFTER_DROP || this == WRITTEN_AFTER_DROP;
    }

    boolean losesMessages() {
        return this == LOST_MESSAGES || this == FLUSH_IGNORED;
    }

    boolean isDeaf() {
        return this == DEAF_NODES || this == LEASE_IGNORED;
    }
}
