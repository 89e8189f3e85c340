package io.lexigram.cache.service;

import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the counts of caches with those of the last look, and tells of a cache whose reads since then were too seldom hits:
 * at once, and while it stays so once an hour. A cache is judged from the first whole interval on. For one thread.
 */
final class HitRates {

    private static final Logger log = LoggerFactory.getLogger("io.lexigram.cache");
    private static final long REPEAT_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Monitoring settings;
    private final EventDispatcher events;
    private final TimeSource time;
    private final Map<Region, Seen> seen = new WeakHashMap<>();

    HitRates(Monitoring settings, EventDispatcher events, TimeSource time) {
        this.settings = settings;
        this.events = events;
        this.time = time;
    }

    void look(Collection<Region> regions) {
        if (settings.lowHitRate() > 0) {
            regions.forEach(this::look);
        }
    }

    private void look(Region region) {
        Seen now =
                new Seen(region.counters().hits.sum(), region.counters().misses.sum(), time.nanos(), null);
        Seen before = seen.get(region);
        boolean isTold = before != null && isLow(before, now) && isDue(before, now);
        if (before != null && isTold) {
            tell(region, before, now);
        }
        Long told = isTold ? Long.valueOf(now.nanos()) : before == null ? null : before.toldAtNanos();
        seen.put(region, new Seen(now.hits(), now.misses(), now.nanos(), told));
    }

    /** Counts that went back were set to zero in between. */
    private boolean isLow(Seen before, Seen now) {
        long hits = now.hits() - before.hits();
        long misses = now.misses() - before.misses();
        return hits >= 0
                && misses >= 0
                && hits + misses >= settings.minReads()
                && rate(before, now) < settings.lowHitRate();
    }

    private static boolean isDue(Seen before, Seen now) {
        return before.toldAtNanos() == null || now.nanos() - before.toldAtNanos() >= REPEAT_NANOS;
    }

    private static double rate(Seen before, Seen now) {
        return (double) (now.hits() - before.hits()) / reads(before, now);
    }

    private static long reads(Seen before, Seen now) {
        return now.hits() - before.hits() + now.misses() - before.misses();
    }

    private void tell(Region region, Seen before, Seen now) {
        double rate = rate(before, now);
        long reads = reads(before, now);
        Duration during = Duration.ofNanos(now.nanos() - before.nanos());
        log.warn(
                "Cache '{}' on backend '{}': {} of the {} reads of the last {} were hits, and {} are wanted. Look at ttl, at"
                        + " max-entries and at what its keys are made of",
                region.displayName(),
                region.policy().backend(),
                percent(rate),
                reads,
                during,
                percent(settings.lowHitRate()));
        events.publish(
                new CacheEvent.LowHitRate(region.displayName(), region.policy().backend(), rate, reads, during));
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * rate);
    }

    /** @param toldAtNanos when it was last told of; null for never */
    private record Seen(
            long hits, long misses, long nanos, @Nullable Long toldAtNanos) {}
}
