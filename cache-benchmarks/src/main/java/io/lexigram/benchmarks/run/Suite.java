package io.lexigram.benchmarks.run;

import io.lexigram.benchmarks.run.JmhStep.Length;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps that are done in rounds: all once, then all again. */
record Suite(int rounds, List<Step> steps) {

    private static final String PREFIX = "^io\\.lexigram\\.benchmarks\\.";
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
        return suites;
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
                3,
                List.of(
                        new JmhStep(
                                "local",
                                PREFIX
                                        + "local\\.(CaffeineHit\\.getIfPresent|LexigramHit\\.get|AnnotatedHit\\.cachedId|ProxyHit\\.\\w+)$",
                                1,
                                Length.SHORT),
                        new JmhStep(
                                "read8", PREFIX + "remote\\.(Lettuce|Lexigram|Spring)Remote\\.get$", 8, Length.SHORT),
                        new JmhStep("batch", PREFIX + "remote\\.(Lettuce|Lexigram)Remote\\.getMany$", 1, Length.SHORT),
                        new JmhStep("put1", PREFIX + "remote\\.(Lettuce|Lexigram)Remote\\.put$", 1, Length.SHORT)));
    }
}
