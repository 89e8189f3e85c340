package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.spi.StoredEntry;

/**
 * The end of an item's life, in the two forms it is sent in. The server counts seconds and tells nobody how many are left, so
 * that the flags of an item hold its end as well, by the clock of who wrote it.
 *
 * @param time seconds from now, or above 30 days those since 1970; 0 for never
 * @param flags seconds since the beginning of 2020; 0 for never
 */
record Expiry(int time, int flags) {

    static final Expiry NEVER = new Expiry(0, 0);

    /** A day in 1970: an item written with it is gone at once. */
    static final Expiry PAST = new Expiry(60 * 60 * 24 * 30 + 1, 0);

    private static final long MOST_RELATIVE = 60L * 60 * 24 * 30;
    private static final long EPOCH_2020 = 1_577_836_800;

    /** The flags of what tells those who wait that a load came to nothing that is stored. */
    static final int UNCACHEABLE = Integer.MAX_VALUE;

    /** So long from now, in whole seconds and at least one. */
    static Expiry in(long ttlMillis, long nowMillis) {
        if (ttlMillis == StoredEntry.NEVER) {
            return NEVER;
        }
        long seconds = Math.max(1, ttlMillis / 1_000 + (ttlMillis % 1_000 == 0 ? 0 : 1));
        long now = nowMillis / 1_000;
        // What ends beyond the server's reckoning never does.
        if (seconds > Integer.MAX_VALUE - now) {
            return NEVER;
        }
        return new Expiry((int) (seconds > MOST_RELATIVE ? now + seconds : seconds), flags(nowMillis + ttlMillis));
    }

    /** What is left of the life of an item that is written again. */
    static Expiry of(Item item, long nowMillis) {
        long left = remainingMillis(item, nowMillis);
        return left == StoredEntry.NEVER
                ? NEVER
                : new Expiry(in(left, nowMillis).time(), item.flags());
    }

    /** How long the item has still to live, at least 0. */
    static long remainingMillis(Item item, long nowMillis) {
        return item.flags() <= 0 || item.flags() == UNCACHEABLE
                ? StoredEntry.NEVER
                : Math.max(0, (item.flags() + EPOCH_2020) * 1_000 - nowMillis);
    }

    private static int flags(long endMillis) {
        long end = endMillis / 1_000 - EPOCH_2020;
        return (int) Math.max(1, Math.min(end, UNCACHEABLE - 1));
    }
}
