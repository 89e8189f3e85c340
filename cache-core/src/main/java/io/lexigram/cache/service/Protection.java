package io.lexigram.cache.service;

import io.lexigram.cache.spi.ProtectionStrategy;
import java.time.Duration;

/**
 * How the callers who miss one key at once share the work.
 *
 * @param enabled whether they share it at all
 * @param maxWait how long a caller waits for a load that another leads
 * @param lockTtl how long at most a load keeps other processes from loading
 * @param retryInterval how often at least a caller looks whether another process has loaded what it waits for
 * @param onWaitTimeout what it does then
 * @param strategy runs around every load that leads
 */
public record Protection(
        boolean enabled,
        Duration maxWait,
        Duration lockTtl,
        Duration retryInterval,
        OnWaitTimeout onWaitTimeout,
        ProtectionStrategy strategy) {

    public static final Protection DEFAULT = new Protection(
            true,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMillis(100),
            OnWaitTimeout.LOAD,
            ProtectionStrategy.NONE);

    /** What a caller does that has waited long enough. */
    public enum OnWaitTimeout {
        /**
         * Runs the loader itself. In memory, what it loads is stored unless the key was invalidated meanwhile; where processes
         * share their loads the one who has the lease stores.
         */
        LOAD,
        /** Serves a value past its lifetime where there is one, else as {@link #LOAD}. */
        STALE,
        /** Throws {@link io.lexigram.cache.CacheStampedeException}. */
        FAIL
    }

    public Protection {
        positive("maxWait", maxWait);
        positive("lockTtl", lockTtl);
        positive("retryInterval", retryInterval);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + " but must be longer than zero");
        }
    }

    public Protection enabled(boolean enabled) {
        return new Protection(enabled, maxWait, lockTtl, retryInterval, onWaitTimeout, strategy);
    }

    public Protection maxWait(Duration maxWait) {
        return new Protection(enabled, maxWait, lockTtl, retryInterval, onWaitTimeout, strategy);
    }

    public Protection onWaitTimeout(OnWaitTimeout onWaitTimeout) {
        return new Protection(enabled, maxWait, lockTtl, retryInterval, onWaitTimeout, strategy);
    }

    public Protection strategy(ProtectionStrategy strategy) {
        return new Protection(enabled, maxWait, lockTtl, retryInterval, onWaitTimeout, strategy);
    }
}
