package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the backends are, asked of all at once, with a timeout, and no more often than {@code health-check-interval} says: a
 * health group and a dashboard that ask at the same moment share one answer.
 */
public final class BackendHealthChecks {

    private static final Duration INTERVAL = BackendProperties.ofType(null).healthCheckInterval();

    private final CacheService cache;
    private final LexigramCacheProperties properties;
    private final TimeSource time;
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<String, Answer> answers = new HashMap<>();

    BackendHealthChecks(CacheService cache, LexigramCacheProperties properties, TimeSource time) {
        this.cache = cache;
        this.properties = properties;
        this.time = time;
    }

    /** The health of one backend. Waits no longer than {@code lexigram.cache.health.timeout} says. */
    public CacheHealth of(String backend) {
        asking.lock();
        try {
            Answer known = answers.get(backend);
            if (known == null || time.nanos() - known.nanos() >= interval(backend)) {
                ask();
            }
            Answer answer = answers.get(backend);
            return answer == null
                    ? new CacheHealth(CacheHealth.Status.DOWN, "there is no such backend", null, Map.of())
                    : answer.health();
        } finally {
            asking.unlock();
        }
    }

    private void ask() {
        Map<String, CacheHealth> now =
                cache.healthCheck(properties.health().timeout()).backends();
        now.forEach((name, health) -> answers.put(name, new Answer(health, time.nanos())));
    }

    private long interval(String backend) {
        BackendProperties configured = properties.backends().get(backend);
        return (configured == null ? INTERVAL : configured.healthCheckInterval()).toNanos();
    }

    private record Answer(CacheHealth health, long nanos) {}
}
