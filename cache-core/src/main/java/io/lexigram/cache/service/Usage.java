package io.lexigram.cache.service;

import io.lexigram.cache.spi.TimeSource;
import java.util.concurrent.TimeUnit;

/** Whether a region is open, and when somebody last asked for it. */
final class Usage {

    /** Not each time is noted: all threads read what is written here. */
    private static final long GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TimeSource time;
    private volatile long lastNanos;
    private volatile boolean isOpen = true;

    Usage(TimeSource time) {
        this.time = time;
        this.lastNanos = time.nanos();
    }

    void used() {
        long now = time.nanos();
        if (now - lastNanos > GRAIN_NANOS) {
            lastNanos = now;
        }
    }

    /** By the ticker. */
    long lastNanos() {
        return lastNanos;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** The region is given up: its store holds nothing any more. */
    void end() {
        isOpen = false;
    }
}
