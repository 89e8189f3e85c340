package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend.AccessMarks;
import io.lexigram.cache.spi.TimeSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Collects access marks and hands them to the backend when there are 64, or a second after it did so last, without waiting.
 * Holds marks of up to 1024 keys; of further keys they are dropped.
 */
final class AccessBuffer {

    private static final int MOST_KEYS = 1024;
    private static final int FLUSH_AT = 64;
    private static final long FLUSH_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AccessMarks marks;
    private final Function<String, byte[]> physicalKey;
    private final TimeSource time;
    private final ConcurrentMap<String, Mark> pending = new ConcurrentHashMap<>();
    private final AtomicInteger noted = new AtomicInteger();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile long lastFlush;

    AccessBuffer(AccessMarks marks, Function<String, byte[]> physicalKey, TimeSource time) {
        this.marks = marks;
        this.physicalKey = physicalKey;
        this.time = time;
        this.lastFlush = time.nanos();
    }

    void note(String key) {
        if (pending.size() < MOST_KEYS || pending.containsKey(key)) {
            pending.merge(key, new Mark(1, time.millis()), Mark::plus);
        }
        if (noted.incrementAndGet() >= FLUSH_AT || time.nanos() - lastFlush >= FLUSH_AFTER_NANOS) {
            flush();
        }
    }

    /** Hands over what is pending, unless another thread is at it. */
    void flush() {
        if (flushing.compareAndSet(false, true)) {
            try {
                noted.set(0);
                lastFlush = time.nanos();
                List.copyOf(pending.keySet()).forEach(this::handOver);
            } finally {
                flushing.set(false);
            }
        }
    }

    private void handOver(String key) {
        Mark mark = pending.remove(key);
        if (mark == null) {
            return;
        }
        try {
            marks.accessed(physicalKey.apply(key), mark.hits(), mark.millis());
        } catch (RuntimeException e) {
            // A mark may be lost.
        }
    }

    private record Mark(long hits, long millis) {

        Mark plus(Mark later) {
            return new Mark(hits + later.hits, Math.max(millis, later.millis));
        }
    }
}
