package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.autoconfigure.LexigramCacheProperties.CircuitBreaker;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.resilience.CircuitBreakerSettings.Sharing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code lexigram.cache.service.circuit-breaker.*}. */
final class CircuitBreakerFactory {

    private CircuitBreakerFactory() {}

    /** Null where it is off; what is written is checked all the same. */
    static @Nullable CircuitBreakerSettings settings(CircuitBreaker block) {
        if (block.window() < 1) {
            throw refused("window", block.window(), "it must be at least 1", "Write a number of calls, such as 20.");
        }
        if (block.failureRate() < 1 || block.failureRate() > 100) {
            throw refused(
                    "failure-rate",
                    block.failureRate(),
                    "it must be from 1 to 100",
                    "Write a percentage, such as 50 for every other call.");
        }
        atLeastOneMilli("slow-call", block.slowCall(), "200ms");
        atLeastOneMilli("open-for", block.openFor(), "10s");
        atLeastOneMilli("ttl", block.ttl(), "1h");
        if (block.keyPrefix().isEmpty()) {
            throw refused(
                    "key-prefix", "", "it must tell these keys from others", "Write a prefix, such as lexigram:cb:.");
        }
        return block.enabled()
                ? new CircuitBreakerSettings(
                        block.window(),
                        block.failureRate(),
                        block.slowCall(),
                        block.openFor(),
                        block.shared() ? new Sharing(block.keyPrefix(), block.ttl()) : null)
                : null;
    }

    private static void atLeastOneMilli(String property, Duration value, String example) {
        if (value.compareTo(Duration.ofMillis(1)) < 0) {
            throw refused(property, value, "it must be at least 1 ms", "Write a duration such as " + example + ".");
        }
    }

    private static CacheSettingException refused(String property, Object value, String problem, String fix) {
        return new CacheSettingException(SettingName.of("service.circuit-breaker." + property), value, problem, fix);
    }
}
