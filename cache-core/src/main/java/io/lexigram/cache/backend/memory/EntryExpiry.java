package io.lexigram.cache.backend.memory;

import com.github.benmanes.caffeine.cache.Expiry;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.concurrent.TimeUnit;

/** Each entry brings its own end of life; reads do not change it. */
final class EntryExpiry implements Expiry<String, StoredEntry> {

    private final TimeSource time;

    EntryExpiry(TimeSource time) {
        this.time = time;
    }

    @Override
    public long expireAfterCreate(String key, StoredEntry entry, long currentTime) {
        return nanos(entry.keptMillis(time.millis()));
    }

    @Override
    public long expireAfterUpdate(String key, StoredEntry entry, long currentTime, long currentDuration) {
        return nanos(entry.keptMillis(time.millis()));
    }

    @Override
    public long expireAfterRead(String key, StoredEntry entry, long currentTime, long currentDuration) {
        return currentDuration;
    }

    /** {@link StoredEntry#NEVER} saturates; Caffeine cuts lifetimes to some 146 years. */
    static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
