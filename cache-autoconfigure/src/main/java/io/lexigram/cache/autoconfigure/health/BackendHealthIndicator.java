package io.lexigram.cache.autoconfigure.health;

import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.autoconfigure.BackendHealthChecks;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** The health of one backend: up, or what an application without it is worth. */
final class BackendHealthIndicator implements HealthIndicator {

    /** The application works without the backend, only slower. */
    static final Status DEGRADED = new Status("DEGRADED", "The cache does not answer; the application does without it");

    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]*@");

    private final String backend;
    private final String type;
    private final BackendHealthChecks checks;
    private final Supplier<@Nullable String> circuitBreaker;
    private final Status whenDown;

    /** @param circuitBreaker the state of the backend's breaker, or null */
    BackendHealthIndicator(
            String backend,
            String type,
            BackendHealthChecks checks,
            Supplier<@Nullable String> circuitBreaker,
            boolean failOnDown) {
        this.backend = backend;
        this.type = type;
        this.checks = checks;
        this.circuitBreaker = circuitBreaker;
        this.whenDown = failOnDown ? Status.DOWN : DEGRADED;
    }

    @Override
    public Health health() {
        CacheHealth health = checks.of(backend);
        Health.Builder builder = new Health.Builder(health.status() == CacheHealth.Status.UP ? Status.UP : whenDown)
                .withDetail("type", type);
        if (health.latency() != null) {
            builder.withDetail("latencyMs", health.latency().toNanos() / 1e6);
        }
        String breaker = circuitBreaker.get();
        if (breaker != null) {
            builder.withDetail("circuitBreaker", breaker);
        }
        if (health.message() != null) {
            builder.withDetail("reason", withoutSecrets(health.message()));
        }
        return builder.build();
    }

    /** A driver's message may hold an address, and that a password. */
    private static String withoutSecrets(String message) {
        return USER_INFO.matcher(message).replaceAll("");
    }
}
