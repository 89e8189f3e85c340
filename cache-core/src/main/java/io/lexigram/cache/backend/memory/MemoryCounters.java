package io.lexigram.cache.backend.memory;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters among the entries. A counter is one entry that counts in place, so that its lifetime stays what it was. */
final class MemoryCounters {

    private final ConcurrentMap<String, StoredEntry> entries;
    private final TimeSource time;

    MemoryCounters(ConcurrentMap<String, StoredEntry> entries, TimeSource time) {
        this.entries = entries;
        this.time = time;
    }

    long add(String key, long by, long ttlMillis) {
        while (true) {
            StoredEntry entry = entries.get(key);
            if (entry == null) {
                entry = entry(by, ttlMillis);
                if (entries.putIfAbsent(key, entry) == null) {
                    return by;
                }
            } else if (entry.value() instanceof AtomicLong counter
                    && StoredEntry.COUNTER_SCHEMA.equals(entry.schema())) {
                return counter.updateAndGet(count -> Math.addExact(count, by));
            } else {
                throw new CacheSerializationException(
                        "The key holds a value that is no counter. Remove it first, or count under another key.");
            }
        }
    }

    /** A new counter. */
    StoredEntry entry(long value, long ttlMillis) {
        return new StoredEntry(
                new AtomicLong(value), StoredEntry.COUNTER_SCHEMA, time.millis(), ttlMillis, 0, null, Set.of());
    }
}
