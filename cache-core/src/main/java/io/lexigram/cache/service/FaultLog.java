package io.lexigram.cache.service;

import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.spi.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line a minute for the faults of one cache, with the number of those that went unsaid. A call that a breaker refused
 * gives no line: the breaker has one of its own, and there may be many caches.
 */
final class FaultLog {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String cache;
    private final TimeSource time;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    FaultLog(String cache, TimeSource time) {
        this.cache = cache;
        this.time = time;
        this.next = new AtomicLong(time.nanos());
    }

    /** A value could not be loaded anew before its end. */
    void refreshFailed(Throwable failure) {
        say("refreshing a value", failure);
    }

    void fault(String operation, RuntimeException fault) {
        say(operation, fault);
    }

    private void say(String operation, Throwable fault) {
        if (fault instanceof CacheCircuitOpenException) {
            unsaid.incrementAndGet();
            return;
        }
        long due = next.get();
        long now = time.nanos();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS)) {
            log.warn(
                    "Cache '{}': {} failed and the application goes on without it ({} more in the last minute): {}",
                    cache,
                    operation,
                    unsaid.getAndSet(0),
                    fault.toString());
            log.debug("Cache '{}': {} failed", cache, operation, fault);
        } else {
            unsaid.incrementAndGet();
        }
    }
}
