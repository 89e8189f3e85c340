package io.lexigram.cache.autoconfigure.metrics;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one cache: Micrometer's own with exactly the tags that other caches' have, and ours, under
 * {@code lexigram.cache}, tagged with cache and backend.
 */
final class MetersOfCache extends CacheMeterBinder<Cache<Object>> {

    private static final String MANAGER = "lexigramCache";
    private static final String OURS = "lexigram.cache.";

    /** Held here because a registry holds its meters' objects weakly. */
    private final Cache<Object> cache;

    MetersOfCache(Cache<Object> cache) {
        super(cache, cache.name(), Tags.of("name", cache.name(), "cache.manager", MANAGER));
        this.cache = cache;
    }

    @Override
    protected @Nullable Long size() {
        return cache.stats().totalEntries();
    }

    @Override
    protected long hitCount() {
        return cache.stats().hits();
    }

    @Override
    protected Long missCount() {
        return cache.stats().misses();
    }

    @Override
    protected Long evictionCount() {
        return cache.stats().evictions();
    }

    @Override
    protected long putCount() {
        return cache.stats().puts();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Tags tags = Tags.of("cache", cache.name(), "backend", cache.policy().backend());
        counter(registry, "errors", tags, CacheStats::errors, "Operations that a fault kept from an answer");
        counter(
                registry,
                "undecodable",
                tags,
                CacheStats::undecodable,
                "Entries that could not be read and were removed");
        counter(registry, "expirations", tags, CacheStats::expirations, "Entries removed because their time was over");
        counter(registry, "coalesced", tags, CacheStats::coalesced, "Callers that shared a load led by another");
        counter(registry, "stale", tags, CacheStats::staleServed, "Reads answered by a value past its lifetime");
        String loads = "Loads by their result";
        counter(registry, "loads", tags.and("result", "success"), MetersOfCache::loaded, loads);
        counter(registry, "loads", tags.and("result", "failure"), CacheStats::loadFailures, loads);
        FunctionTimer.builder(
                        OURS + "load.duration",
                        cache,
                        c -> loaded(c.stats()),
                        c -> c.stats().totalLoadNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .description("Time spent in successful loads")
                .register(registry);
        if (cache.stats().memoryUsageBytes() != null) {
            Gauge.builder(OURS + "memory", cache, MetersOfCache::memory)
                    .tags(tags)
                    .baseUnit("bytes")
                    .description("Size of the entries")
                    .register(registry);
        }
    }

    private void counter(
            MeterRegistry registry, String name, Tags tags, ToDoubleFunction<CacheStats> count, String description) {
        FunctionCounter.builder(OURS + name, cache, c -> count.applyAsDouble(c.stats()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static long loaded(CacheStats stats) {
        return Math.max(0, stats.loads() - stats.loadFailures());
    }

    private static double memory(Cache<?> cache) {
        Long bytes = cache.stats().memoryUsageBytes();
        return bytes == null ? Double.NaN : bytes;
    }
}
