package io.lexigram.benchmarks.report;

import static io.lexigram.benchmarks.report.Comparison.at;
import static io.lexigram.benchmarks.report.Target.atLeast;
import static io.lexigram.benchmarks.report.Target.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The targets of this library. */
final class Targets {

    private Targets() {}

    static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        targets.addAll(local());
        targets.addAll(remote());
        targets.addAll(processes());
        return targets;
    }

    private static List<Target> local() {
        return List.of(
                atMost(1.7, "typed handle, local hit: time / Caffeine", times(Comparisons.TYPED, Comparisons.CAFFEINE)),
                atMost(0, "typed handle, local hit: bytes allocated", bytes(Comparisons.TYPED)),
                atMost(
                        2,
                        "`@Cached` `#id`: time / (proxy that does nothing + Caffeine)",
                        times(Comparisons.ANNOTATED, Comparisons.NOOP_AND_CAFFEINE)),
                atMost(
                        32,
                        "`@Cached` `#id`: bytes over (proxy that does nothing + Caffeine)",
                        results ->
                                results.difference(Comparisons.ANNOTATED, Comparisons.NOOP_AND_CAFFEINE, Sample.BYTES)),
                atLeast(
                        0.9,
                        "typed handle, growth of throughput from 1 to 2 threads / Caffeine's",
                        results -> growth(results, Comparisons.TYPED, Comparisons.CAFFEINE)));
    }

    private static List<Target> remote() {
        String ours = Comparisons.LEXIGRAM + "get";
        String driver = Comparisons.LETTUCE + "get";
        return List.of(
                atMost(1.1, "Redis hit, 1 thread: time / Lettuce and codec", times(ours, driver)),
                atLeast(0.95, "Redis hit, 8 threads: throughput / Lettuce and codec", throughput(8, ours, driver)),
                atLeast(0.95, "Redis hit, 64 threads: throughput / Lettuce and codec", throughput(64, ours, driver)),
                atLeast(
                        1,
                        "Redis hit, 8 threads: throughput / Spring RedisCache",
                        throughput(8, ours, Comparisons.SPRING + "get")),
                atLeast(
                        1.4,
                        "Redis hit, 8 threads: throughput / JetCache",
                        throughput(8, ours, Comparisons.JETCACHE + "get")),
                atLeast(
                        1.4,
                        "Redis hit, 8 threads: throughput / Redisson RBucket",
                        throughput(8, ours, Comparisons.REDISSON + "get")),
                atMost(
                        1,
                        "Redis hit, 8 threads: bytes allocated / Spring RedisCache",
                        results -> results.ratio(at(8, ours), at(8, Comparisons.SPRING + "get"), Sample.BYTES)),
                atMost(
                        1.15,
                        "100 keys: time / MGET and codec",
                        times(Comparisons.LEXIGRAM + "getMany", Comparisons.LETTUCE + "getMany")),
                atMost(
                        1.1,
                        "put: time / PSETEX and codec",
                        times(Comparisons.LEXIGRAM + "put", Comparisons.LETTUCE + "put")),
                atMost(
                        1.25,
                        "put in two tiers: time / PSETEX and codec",
                        times(Comparisons.TIERED + "put", Comparisons.LETTUCE + "put")));
    }

    private static List<Target> processes() {
        return List.of(
                atMost(1, "round trips of a hit", metric("roundtrips.hit", "count")),
                atMost(2, "round trips of a load of an absent key", metric("roundtrips.absent", "count")),
                atMost(3, "round trips of a load of what a tag invalidated", metric("roundtrips.stale", "count")),
                atMost(1, "round trips of an invalidation", metric("roundtrips.invalidate", "count")),
                atMost(
                        2,
                        "clear() of 100 000 entries: by how much another client's worst PING is worse, ms",
                        metric("clear.lexigram", "PING worse by, ms")),
                atMost(1, "stampede, 200 threads in 3 JVMs: loads", metric("stampede.lexigram-redis", "loads")),
                atMost(
                        1.3,
                        "stampede, 200 threads in 3 JVMs: p99 / the loader's 50 ms",
                        metric("stampede.lexigram-redis", "p99 / loader")),
                atMost(
                        1,
                        "start-up: what ours adds / what Spring's cache and Caffeine add",
                        results -> Startups.added(results, "ms")),
                atMost(0, "start-up: classes of Redis loaded without Redis", metric("startup.redis", "classes")),
                atMost(
                        1.5,
                        "memory per entry, key and value included / Caffeine's",
                        results -> results.ratio("memory.lexigram", "memory.caffeine", "bytes per entry")));
    }

    private static Function<Results, Optional<Estimate>> times(String of, String to) {
        return results -> results.ratio(of, to, Sample.NANOS);
    }

    /** The time of the other to ours is our throughput to the other's. */
    private static Function<Results, Optional<Estimate>> throughput(int threads, String of, String to) {
        return results -> results.ratio(at(threads, to), at(threads, of), Sample.NANOS);
    }

    private static Function<Results, Optional<Estimate>> metric(String row, String metric) {
        return results -> results.mean(row, metric);
    }

    /** Less than one byte for an operation is what the measurement itself allocates. */
    private static Function<Results, Optional<Estimate>> bytes(String row) {
        return results ->
                results.mean(row, Sample.BYTES).map(bytes -> bytes.value() < 1 ? new Estimate(0, 0, 0) : bytes);
    }

    private static Optional<Estimate> growth(Results results, String ours, String theirs) {
        Optional<Estimate> one = results.ratio(ours, theirs, Sample.NANOS);
        Optional<Estimate> two = results.ratio(at(2, theirs), at(2, ours), Sample.NANOS);
        return one.isEmpty() || two.isEmpty()
                ? Optional.empty()
                : Optional.of(new Estimate(
                        one.get().value() * two.get().value(),
                        one.get().low() * two.get().low(),
                        one.get().high() * two.get().high()));
    }
}
