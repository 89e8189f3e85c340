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
final class MetersOfCache extends CacheMeterBinder<MetersOfCache.Source> {

    private static final String MANAGER = "lexigramCache";
    private static final String OURS = "lexigram.cache.";

    /** Held here because a registry holds its meters' objects weakly. */
    private final Source source;

    private final String name;
    private final String backend;

    MetersOfCache(Cache<Object> cache) {
        this(cache, new Source(cache));
    }

    private MetersOfCache(Cache<Object> cache, Source source) {
        super(source, cache.name(), Tags.of("name", cache.name(), "cache.manager", MANAGER));
        this.source = source;
        this.name = cache.name();
        this.backend = cache.policy().backend();
    }

    /** A cache that nobody held was forgotten and is used again: its counters begin anew. */
    void reopened(Cache<Object> cache) {
        source.cache = cache;
    }

    private CacheStats stats() {
        return source.cache.stats();
    }

    @Override
    protected @Nullable Long size() {
        return stats().totalEntries();
    }

    @Override
    protected long hitCount() {
        return stats().hits();
    }

    @Override
    protected Long missCount() {
        return stats().misses();
    }

    @Override
    protected Long evictionCount() {
        return stats().evictions();
    }

    @Override
    protected long putCount() {
        return stats().puts();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Tags tags = Tags.of("cache", name, "backend", backend);
        String errors = "Operations that a fault kept from an answer";
        counter(registry, "errors", tags.and("outcome", "error"), MetersOfCache::otherErrors, errors);
        counter(registry, "errors", tags.and("outcome", "timeout"), CacheStats::timeouts, errors);
        counter(registry, "errors", tags.and("outcome", "breaker-open"), CacheStats::breakerOpen, errors);
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
                        source,
                        s -> loaded(stats()),
                        s -> stats().totalLoadNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .description("Time spent in successful loads")
                .register(registry);
        if (stats().memoryUsageBytes() != null) {
            Gauge.builder(OURS + "memory", source, s -> memory(stats()))
                    .tags(tags)
                    .baseUnit("bytes")
                    .description("Size of the entries")
                    .register(registry);
        }
    }

    private void counter(
            MeterRegistry registry, String name, Tags tags, ToDoubleFunction<CacheStats> count, String description) {
        FunctionCounter.builder(OURS + name, source, s -> count.applyAsDouble(stats()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static long otherErrors(CacheStats stats) {
        return Math.max(0, stats.errors() - stats.timeouts() - stats.breakerOpen());
    }

    private static long loaded(CacheStats stats) {
        return Math.max(0, stats.loads() - stats.loadFailures());
    }

    private static double memory(CacheStats stats) {
        Long bytes = stats.memoryUsageBytes();
        return bytes == null ? Double.NaN : bytes;
    }

    /** The handle that is read at the moment. */
    static final class Source {

        private volatile Cache<Object> cache;

        private Source(Cache<Object> cache) {
            this.cache = cache;
        }
    }
}
