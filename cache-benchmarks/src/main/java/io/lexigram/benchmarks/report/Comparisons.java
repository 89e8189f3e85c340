package io.lexigram.benchmarks.report;

import static io.lexigram.benchmarks.report.Comparison.Line.ours;
import static io.lexigram.benchmarks.report.Comparison.Line.peer;

import io.lexigram.benchmarks.report.Comparison.Line;
import io.lexigram.benchmarks.report.Comparison.Unit;
import java.util.List;

/** What is compared with what. */
final class Comparisons {

    static final String CAFFEINE = "local.CaffeineHit.getIfPresent";
    static final String NOOP = "local.ProxyHit.noop";
    static final String NOOP_AND_CAFFEINE = "local.ProxyHit.noopAndCaffeine";
    static final String TYPED = "local.LexigramHit.get";
    static final String ANNOTATED = "local.AnnotatedHit.cachedId";
    static final String LETTUCE = "remote.LettuceRemote.";
    static final String LEXIGRAM = "remote.LexigramRemote.";
    static final String TIERED = "remote.TieredRemote.";
    static final String SPRING = "remote.SpringRemote.";
    static final String JETCACHE = "remote.JetCacheRemote.";
    static final String REDISSON = "remote.RedissonRemote.";

    private static final List<Line> READS = List.of(
            peer("Lettuce, bytes", LETTUCE + "getBytes"),
            peer("Lettuce and our codec", LETTUCE + "get"),
            peer("Lettuce, 8 pipelined, our codec", LETTUCE + "getPipelined"),
            ours("ours", LEXIGRAM + "get"),
            peer("Spring RedisCache, JSON", SPRING + "get"),
            peer("Spring @Cacheable, JSON", SPRING + "cacheable"),
            peer("JetCache, Java serialization", JETCACHE + "get"),
            peer("JetCache, fastjson2", JETCACHE + "getFastjson"),
            peer("Redisson RBucket", REDISSON + "get"),
            peer("Redisson RMapCache", REDISSON + "getMapCache"));

    private Comparisons() {}

    static Comparison local() {
        return new Comparison(
                "A hit in memory",
                "local-hit",
                1,
                Unit.NANOS,
                CAFFEINE,
                List.of(
                        peer("Caffeine getIfPresent", CAFFEINE),
                        peer("Caffeine, lifetime per entry", CAFFEINE + "Variable"),
                        ours("typed handle: get(key)", TYPED),
                        ours("typed handle: lookup(key)", "local.LexigramHit.lookup"),
                        ours("typed handle: get(key, loader)", "local.LexigramHit.getOrLoad"),
                        ours("CacheService.get, key made", "local.LexigramHit.untyped"),
                        ours("CacheService.get, key kept", "local.LexigramHit.untypedKept"),
                        ours("typed handle, two tiers", "local.TieredHit.get"),
                        peer("Spring CaffeineCache", "local.SpringHit.get"),
                        peer("JetCache local", "local.JetCacheHit.get"),
                        peer("Redisson RLocalCachedMap", "local.RedissonHit.localCachedMap"),
                        peer("proxy that does nothing", NOOP),
                        peer("the same, and Caffeine", NOOP_AND_CAFFEINE),
                        ours("@Cached #id", ANNOTATED),
                        ours("@Cached, a SpEL key", "local.AnnotatedHit.cachedExpression"),
                        ours("@Cached without key", "local.AnnotatedHit.cachedArguments"),
                        peer("Spring @Cacheable #id", "local.SpringHit.cacheableId"),
                        peer("Spring @Cacheable without key", "local.SpringHit.cacheableArguments"),
                        peer("JetCache @Cached #id", "local.JetCacheHit.cachedId")));
    }

    static Comparison read(int threads) {
        return new Comparison(
                "A hit on Redis, " + (threads == 1 ? "1 thread" : threads + " threads"),
                "redis-hit-" + threads,
                threads,
                Unit.MICROS,
                LETTUCE + "get",
                READS);
    }

    static Comparison batch() {
        return new Comparison(
                "100 keys in one call",
                "redis-batch",
                1,
                Unit.MICROS,
                LETTUCE + "getMany",
                List.of(
                        peer("Lettuce MGET and our codec", LETTUCE + "getMany"),
                        ours("ours: getMany", LEXIGRAM + "getMany"),
                        peer("Spring multiGet, JSON", SPRING + "getMany"),
                        peer("JetCache getAll, Java serialization", JETCACHE + "getMany"),
                        peer("JetCache getAll, fastjson2", JETCACHE + "getManyFastjson"),
                        peer("Redisson getBuckets", REDISSON + "getMany")));
    }

    static Comparison put(int threads) {
        return new Comparison(
                "A put on Redis, " + (threads == 1 ? "1 thread" : threads + " threads"),
                "redis-put-" + threads,
                threads,
                Unit.MICROS,
                LETTUCE + "put",
                List.of(
                        peer("Lettuce PSETEX and our codec", LETTUCE + "put"),
                        ours("ours", LEXIGRAM + "put"),
                        ours("ours, two tiers", TIERED + "put"),
                        peer("Spring RedisCache, immediate writes", SPRING + "putImmediate"),
                        peer("Spring RedisCache, does not wait", SPRING + "put"),
                        peer("JetCache, awaited", JETCACHE + "putImmediate"),
                        peer("JetCache, does not wait", JETCACHE + "put"),
                        peer("Redisson RBucket", REDISSON + "put")));
    }

    static Comparison invalidate() {
        return new Comparison(
                "An invalidation of one key on Redis",
                "redis-invalidate",
                1,
                Unit.MICROS,
                LETTUCE + "invalidate",
                List.of(
                        peer("Lettuce UNLINK", LETTUCE + "invalidate"),
                        ours("ours", LEXIGRAM + "invalidate"),
                        ours("ours, two tiers", TIERED + "invalidate"),
                        peer("Spring RedisCache evictIfPresent", SPRING + "invalidate"),
                        peer("JetCache remove", JETCACHE + "invalidate"),
                        peer("Redisson RBucket delete", REDISSON + "invalidate")));
    }

    static List<Comparison> all() {
        return List.of(local(), read(1), read(8), read(64), batch(), put(1), put(8), invalidate());
    }
}
