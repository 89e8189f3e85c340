package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Removes expired entries from memory at intervals, so that they do not hold their memory until they are met. */
final class CacheMaintenance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CacheMaintenance.class);

    private final ScheduledExecutorService scheduler;

    /** Takes over the scheduler. */
    CacheMaintenance(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** With a thread of its own, which it starts when there is something to do. */
    static CacheMaintenance create() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("lexigram-cache-maintenance-");
        threads.setDaemon(true);
        return new CacheMaintenance(Executors.newSingleThreadScheduledExecutor(threads));
    }

    /** Schedules the clean-up of each backend in memory; servers see to it themselves. */
    void start(CacheService cache, Map<String, BackendProperties> configured) {
        BackendProperties defaults = BackendProperties.ofType(null);
        cache.backends().forEach((name, backend) -> {
            Duration interval = configured.getOrDefault(name, defaults).cleanupInterval();
            if (backend.type().equals("memory") && interval.toNanos() > 0) {
                CacheService onBackend = cache.on(name);
                ScheduledFuture<?> untilClosed = scheduler.scheduleWithFixedDelay(
                        () -> cleanUp(name, onBackend), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
                log.debug("Cleaning up cache backend '{}' every {}: {}", name, interval, untilClosed);
            }
        });
    }

    private static void cleanUp(String backend, CacheService cache) {
        try {
            cache.cleanupExpired();
        } catch (RuntimeException e) {
            log.warn("Expired entries of cache backend '{}' stay for now", backend, e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
