package io.lexigram.cache.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the circuit breaker of a backend opens, and for how long.
 *
 * @param window of how many of the last calls the rates are reckoned; half as many are enough to begin with
 * @param failureRate the percentage of failed calls, or of slow ones, at which it opens
 * @param slowCall how long a call takes at least that counts as slow
 * @param openFor how long calls are refused before one is let through as a probe
 * @param sharing how processes tell each other; null where each judges for itself
 */
public record CircuitBreakerSettings(
        int window,
        int failureRate,
        Duration slowCall,
        Duration openFor,
        @Nullable Sharing sharing) {

    public static final CircuitBreakerSettings DEFAULT =
            new CircuitBreakerSettings(20, 50, Duration.ofMillis(200), Duration.ofSeconds(10), null);

    /**
     * Where open breakers are made known to other processes.
     *
     * @param keyPrefix of the keys in Redis, which end with the name of the backend
     * @param ttl how long it is known that a breaker has opened, if nobody says that it closed
     */
    public record Sharing(String keyPrefix, Duration ttl) {

        public static final Sharing DEFAULT = new Sharing("lexigram:cb:", Duration.ofHours(1));

        /** @throws IllegalArgumentException when a value is out of range */
        public Sharing {
            if (keyPrefix.isEmpty()) {
                throw new IllegalArgumentException("keyPrefix is empty but must tell these keys from others");
            }
            atLeastOneMilli("ttl", ttl);
        }
    }

    /** @throws IllegalArgumentException when a value is out of range */
    public CircuitBreakerSettings {
        if (window < 1) {
            throw new IllegalArgumentException("window is " + window + " but must be at least 1");
        }
        if (failureRate < 1 || failureRate > 100) {
            throw new IllegalArgumentException("failureRate is " + failureRate + " but must be from 1 to 100");
        }
        atLeastOneMilli("slowCall", slowCall);
        atLeastOneMilli("openFor", openFor);
    }

    private static void atLeastOneMilli(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1 ms");
        }
    }

    public CircuitBreakerSettings window(int window) {
        return new CircuitBreakerSettings(window, failureRate, slowCall, openFor, sharing);
    }

    public CircuitBreakerSettings failureRate(int failureRate) {
        return new CircuitBreakerSettings(window, failureRate, slowCall, openFor, sharing);
    }

    public CircuitBreakerSettings slowCall(Duration slowCall) {
        return new CircuitBreakerSettings(window, failureRate, slowCall, openFor, sharing);
    }

    public CircuitBreakerSettings openFor(Duration openFor) {
        return new CircuitBreakerSettings(window, failureRate, slowCall, openFor, sharing);
    }

    public CircuitBreakerSettings sharing(@Nullable Sharing sharing) {
        return new CircuitBreakerSettings(window, failureRate, slowCall, openFor, sharing);
    }
}
