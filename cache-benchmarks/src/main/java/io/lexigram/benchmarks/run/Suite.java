package io.lexigram.benchmarks.run;

import io.lexigram.benchmarks.growth.BoundedNode;
import io.lexigram.benchmarks.growth.EntryMemory;
import io.lexigram.benchmarks.process.ClearCost;
import io.lexigram.benchmarks.process.RoundTrips;
import io.lexigram.benchmarks.process.Stampede;
import io.lexigram.benchmarks.process.TagCost;
import io.lexigram.benchmarks.process.TierReads;
import io.lexigram.benchmarks.run.JmhStep.Length;
import io.lexigram.benchmarks.run.ProcessStep.Measurement;
import io.lexigram.benchmarks.startup.Startup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps that are done in rounds: all once, then all again. */
record Suite(int rounds, List<Step> steps) {

    private static final String PREFIX = "^io\\.lexigram\\.benchmarks\\.";
    private static final int CLEARED = 100_000;
    private static final int BLOCKS = 10_000;
    private static final int HELD = 1_000_000;
    private static final int DISTINCT = 10_000_000;
    private static final List<Integer> MORE_THREADS = List.of(2, 4, 8, 16, 32, 64);

    /** By name, in the order in which a full run does them. */
    static Map<String, Suite> all() {
        Map<String, Suite> suites = new LinkedHashMap<>();
        suites.put("local", new Suite(5, List.of(new JmhStep("local", PREFIX + "local\\.", 1, Length.FULL))));
        suites.put("threads", new Suite(3, threads()));
        suites.put("read", new Suite(5, reads()));
        suites.put(
                "batch",
                new Suite(5, List.of(new JmhStep("batch", PREFIX + "remote\\..*\\.getMany\\w*$", 1, Length.FULL))));
        suites.put("write", new Suite(5, writes()));
        suites.put("trips", suite(1, "trips", RoundTrips::round));
        suites.put("startup", suite(15, "startup", Startup::round));
        suites.put("classes", suite(1, "classes", Startup::redisClasses));
        suites.put("stampede", suite(5, "stampede", Stampede::round));
        suites.put("clear", suite(5, "clear", round -> ClearCost.round(round, CLEARED)));
        suites.put("tags", suite(3, "tags", TagCost::round));
        suites.put("tiers", suite(5, "tiers", round -> TierReads.round(round, BLOCKS)));
        suites.put("growth", new Suite(3, growth()));
        suites.put("memory", suite(3, "memory", round -> EntryMemory.round(round, HELD)));
        suites.put("bounds", suite(1, "bounds", round -> BoundedNode.round(round, DISTINCT)));
        return suites;
    }

    private static Suite suite(int rounds, String name, Measurement measurement) {
        return new Suite(rounds, List.of(new ProcessStep(name, measurement)));
    }

    private static List<Step> growth() {
        List<String> heap = List.of("-Xmx8g");
        return List.of(
                new JmhStep("growth", PREFIX + "growth\\.(Caffeine|Lexigram)Growth", 1, Length.FULL, heap, List.of()),
                new JmhStep(
                        "growth-redis",
                        PREFIX + "growth\\.RedisGrowth",
                        1,
                        Length.FULL,
                        heap,
                        List.of("1000", "10000", "100000", "1000000")));
    }

    private static List<Step> threads() {
        List<Step> steps = new ArrayList<>();
        for (int threads : MORE_THREADS) {
            steps.add(new JmhStep(
                    "threads" + threads,
                    PREFIX
                            + "local\\.(CaffeineHit\\.getIfPresent|LexigramHit\\.get|AnnotatedHit\\.cachedId|JetCacheHit\\.get)$",
                    threads,
                    Length.FULL));
        }
        return steps;
    }

    private static List<Step> reads() {
        List<Step> steps = new ArrayList<>();
        for (int threads : List.of(1, 8, 64)) {
            steps.add(new JmhStep(
                    "read" + threads,
                    PREFIX + "remote\\..*\\.(get|getBytes|getPipelined|getFastjson|getMapCache|cacheable)$",
                    threads,
                    Length.FULL));
        }
        return steps;
    }

    private static List<Step> writes() {
        return List.of(
                new JmhStep("put1", PREFIX + "remote\\..*\\.put\\w*$", 1, Length.FULL),
                new JmhStep("put8", PREFIX + "remote\\..*\\.put\\w*$", 8, Length.FULL),
                new JmhStep("invalidate", PREFIX + "remote\\..*\\.invalidate$", 1, Length.FULL));
    }

    /** What shows within three minutes whether something became slower. */
    static Suite brief() {
        return new Suite(
                2,
                List.of(
                        new JmhStep(
                                "local",
                                PREFIX
                                        + "local\\.(CaffeineHit\\.getIfPresent|LexigramHit\\.get|AnnotatedHit\\.cachedId|ProxyHit\\.noopAndCaffeine)$",
                                1,
                                Length.SHORT),
                        new JmhStep(
                                "read8", PREFIX + "remote\\.(Lettuce|Lexigram|Spring)Remote\\.get$", 8, Length.SHORT),
                        new JmhStep("batch", PREFIX + "remote\\.(Lettuce|Lexigram)Remote\\.getMany$", 1, Length.SHORT),
                        new JmhStep("put1", PREFIX + "remote\\.(Lettuce|Lexigram)Remote\\.put$", 1, Length.SHORT)));
    }
}
