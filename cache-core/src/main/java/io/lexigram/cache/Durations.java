package io.lexigram.cache;

import java.time.Duration;

/** Checks of durations that users give. */
final class Durations {

    private Durations() {}

    /** A lifetime that is longer than zero. */
    static Duration positive(String name, Duration duration) {
        if (!isLongerThanZero(duration)) {
            throw new IllegalArgumentException(
                    "%s is %s but must be longer than zero; for an entry that never expires make the cache eternal"
                            .formatted(name, duration));
        }
        return duration;
    }

    static Duration longerThanZero(String name, Duration duration) {
        if (!isLongerThanZero(duration)) {
            throw new IllegalArgumentException("%s is %s but must be longer than zero".formatted(name, duration));
        }
        return duration;
    }

    private static boolean isLongerThanZero(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }
}
