package io.lexigram.cache;

import java.time.Duration;

/** Checks of durations that users give. */
final class Durations {

    private Durations() {}

    static Duration positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "%s is %s but must be longer than zero; for an entry that never expires make the cache eternal"
                            .formatted(name, duration));
        }
        return duration;
    }
}
