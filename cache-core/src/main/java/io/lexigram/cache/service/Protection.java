package io.lexigram.cache.service;

import io.lexigram.cache.spi.ProtectionStrategy;
import java.time.Duration;

/**
 * How the callers who miss one key at once share the work.
 *
 * @param enabled whether they share it at all
 * @param maxWait how long a caller waits for a load that another leads
 * @param onWaitTimeout what it does then
 * @param strategy runs around every load that leads
 */
public record Protection(boolean enabled, Duration maxWait, OnWaitTimeout onWaitTimeout, ProtectionStrategy strategy) {

    public static final Protection DEFAULT =
            new Protection(true, Duration.ofSeconds(10), OnWaitTimeout.LOAD, ProtectionStrategy.NONE);

    /** What a caller does that has waited long enough. */
    public enum OnWaitTimeout {
        /** Runs the loader itself; what it loads is stored unless the key was invalidated meanwhile. */
        LOAD,
        /** Throws {@link io.lexigram.cache.CacheStampedeException}. */
        FAIL
    }

    public Protection {
        if (maxWait.isNegative() || maxWait.isZero()) {
            throw new IllegalArgumentException("maxWait is " + maxWait + " but must be longer than zero");
        }
    }
}
