package io.lexigram.cache;

import java.time.Duration;

/**
 * For how long an expired value stands in when the load that should replace it fails. What was invalidated never does.
 *
 * @param window how long after its end of life a value may still be served, marked as stale
 * @param throttle how long after a failed load the stale value is served before the next load is tried; zero tries at each
 *     call
 */
public record FailSafe(Duration window, Duration throttle) {

    /** A day, and a load every 30 seconds. */
    public static final FailSafe DEFAULT = new FailSafe(Duration.ofDays(1), Duration.ofSeconds(30));

    /** @throws IllegalArgumentException when the window is not longer than zero or the throttle is negative */
    public FailSafe {
        Durations.longerThanZero("window of the fail-safe", window);
        if (throttle.isNegative()) {
            throw new IllegalArgumentException("throttle of the fail-safe is " + throttle
                    + " but must not be negative; zero tries a load at each call");
        }
    }
}
