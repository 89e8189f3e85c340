package io.lexigram.cache.backend.memory;

import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one key: which was the last one, and the entries that are held. Immutable. Times are nanoseconds of the ticker
 * and are compared by their difference.
 *
 * @param lastMillis the lifetime of the last version
 * @param end when all of it may be forgotten
 */
record VersionHistory(VersionRank last, long lastMillis, Map<String, Held> held, long end) {

    /** What no ticker reaches, and what can still be added to any time. */
    private static final long ENDLESS_NANOS = Long.MAX_VALUE >> 1;

    /** The entry of a version and its end. */
    record Held(StoredEntry entry, long end) {}

    static VersionHistory with(@Nullable VersionHistory before, VersionedEntries.Write write, long now) {
        long end = now + nanos(write.entry().ttlMillis());
        Map<String, Held> held = new LinkedHashMap<>();
        if (before != null) {
            before.held.forEach((version, one) -> {
                if (one.end - now > 0) {
                    held.put(version, one);
                }
            });
        }
        held.remove(write.rank().version());
        if (held.size() >= VersionedEntries.MAX_VERSIONS) {
            held.remove(Collections.min(held.entrySet(), Comparator.comparingLong(one -> one.getValue().end - now))
                    .getKey());
        }
        held.put(write.rank().version(), new Held(write.entry(), end));
        return new VersionHistory(
                write.rank(),
                write.entry().ttlMillis(),
                Collections.unmodifiableMap(held),
                before == null || end - before.end > 0 ? end : before.end);
    }

    @Nullable
    StoredEntry entry(String version, long now) {
        Held one = held.get(version);
        return one == null || one.end - now <= 0 ? null : one.entry;
    }

    /** After the removal of the current version. */
    VersionHistory withoutCurrent(long now) {
        long memory = now + nanos(lastMillis);
        return new VersionHistory(last, lastMillis, held, memory - end > 0 ? memory : end);
    }

    /** After the removal of all versions. */
    VersionHistory withoutEntries(long now) {
        long memory = lastMillis == StoredEntry.NEVER ? VersionedEntries.LONGEST_MEMORY_MILLIS : lastMillis;
        return new VersionHistory(last, lastMillis, Map.of(), now + nanos(memory));
    }

    /** Without those entries; the same where there are none. */
    VersionHistory without(Predicate<StoredEntry> entries) {
        Map<String, Held> rest = new LinkedHashMap<>(held);
        return rest.values().removeIf(one -> entries.test(one.entry))
                ? new VersionHistory(last, lastMillis, Collections.unmodifiableMap(rest), end)
                : this;
    }

    static long nanos(long millis) {
        return Math.min(ENDLESS_NANOS, TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
