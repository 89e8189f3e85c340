package io.lexigram.cache.load;

import io.lexigram.cache.spi.StoredEntry;
import java.util.concurrent.TimeUnit;

/**
 * Decides by chance whether a value is loaded anew before its end: {@code now - delta * beta * ln(rand) >= expiry}, where delta
 * is how long its load took. A value of which that is not known is never due.
 *
 * <p>From A. Vattani, F. Chierichetti, K. Lowenstein: Optimal Probabilistic Cache Stampede Prevention, VLDB 2015.
 */
public final class XFetch {

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private XFetch() {}

    /** @param random of at least 0 and less than 1 */
    public static boolean isDue(StoredEntry entry, long nowMillis, double beta, double random) {
        if (entry.loadNanos() <= 0 || entry.expiresAtMillis() == StoredEntry.NEVER) {
            return false;
        }
        double early = entry.loadNanos() / NANOS_PER_MILLI * beta * -Math.log(1 - random);
        return nowMillis + early >= entry.expiresAtMillis();
    }
}
