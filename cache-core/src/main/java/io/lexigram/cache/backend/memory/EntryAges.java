package io.lexigram.cache.backend.memory;

import io.lexigram.cache.spi.EntryStore.Contents;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When the oldest and the newest entry were made. Finding the oldest takes a walk, so the answer is kept for a second. */
final class EntryAges {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, StoredEntry> entries;
    private final TimeSource time;
    private volatile @Nullable Ages last;

    EntryAges(Map<String, StoredEntry> entries, TimeSource time) {
        this.entries = entries;
        this.time = time;
    }

    Contents contents(long count, OptionalLong weight) {
        Ages ages = ages();
        return new Contents(count, weight.isPresent() ? (Long) weight.getAsLong() : null, ages.oldest(), ages.newest());
    }

    private Ages ages() {
        Ages known = last;
        if (known != null && time.nanos() - known.atNanos() < KEPT_NANOS) {
            return known;
        }
        long oldest = Long.MAX_VALUE;
        long newest = Long.MIN_VALUE;
        for (StoredEntry entry : entries.values()) {
            oldest = Math.min(oldest, entry.createdAtMillis());
            newest = Math.max(newest, entry.createdAtMillis());
        }
        Ages found =
                oldest == Long.MAX_VALUE ? new Ages(null, null, time.nanos()) : new Ages(oldest, newest, time.nanos());
        last = found;
        return found;
    }

    private record Ages(@Nullable Long oldest, @Nullable Long newest, long atNanos) {}
}
