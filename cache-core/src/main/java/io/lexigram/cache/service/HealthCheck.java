package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheHealth;
import io.lexigram.cache.CacheHealth.Status;
import io.lexigram.cache.spi.CacheBackend;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Asks backends how they are. */
final class HealthCheck {

    private HealthCheck() {}

    static CacheHealth of(Map<String, CacheBackend> backends, Duration timeout, Engine engine) {
        Map<String, CompletableFuture<CacheHealth>> probes = new LinkedHashMap<>();
        backends.forEach((name, backend) -> probes.put(name, probe(backend, timeout, engine.executor())));
        Map<String, CacheHealth> answers = new LinkedHashMap<>();
        probes.forEach((name, probe) -> answers.put(name, probe.join()));
        return overall(answers);
    }

    /** A local backend answers at once; the others each on a thread of their own, so that no one waits for another. */
    private static CompletableFuture<CacheHealth> probe(CacheBackend backend, Duration timeout, Executor executor) {
        return backend.isLocal()
                ? CompletableFuture.completedFuture(ping(backend, timeout))
                : CompletableFuture.supplyAsync(() -> ping(backend, timeout), executor);
    }

    private static CacheHealth ping(CacheBackend backend, Duration timeout) {
        try {
            return new CacheHealth(Status.UP, null, backend.ping(timeout), Map.of());
        } catch (CacheException e) {
            return new CacheHealth(Status.DOWN, e.getMessage(), null, Map.of());
        }
    }

    private static CacheHealth overall(Map<String, CacheHealth> answers) {
        long up = answers.values().stream().filter(h -> h.status() == Status.UP).count();
        Status status = up == answers.size() ? Status.UP : up == 0 ? Status.DOWN : Status.DEGRADED;
        Duration slowest = answers.values().stream()
                .map(CacheHealth::latency)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(null);
        String message = status == Status.UP
                ? null
                : answers.entrySet().stream()
                        .filter(e -> e.getValue().status() != Status.UP)
                        .map(e -> e.getKey() + ": " + e.getValue().message())
                        .collect(Collectors.joining("; "));
        return new CacheHealth(status, message, slowest, answers);
    }
}
