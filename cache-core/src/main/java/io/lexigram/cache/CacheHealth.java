package io.lexigram.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cache can be reached.
 *
 * @param message the reason where the status is not {@code UP}
 * @param latency the time the slowest probe took; null where none answered
 * @param backends the health of each backend by its name; empty for the health of a single backend
 */
public record CacheHealth(
        Status status, @Nullable String message, @Nullable Duration latency, Map<String, CacheHealth> backends) {

    public CacheHealth {
        backends = Map.copyOf(backends);
    }

    /** How well it can be reached. */
    public enum Status {
        /** Every backend answers. */
        UP,
        /** Some backends answer, others do not. */
        DEGRADED,
        /** No backend answers. */
        DOWN
    }
}
