package io.lexigram.cache.history;

import io.lexigram.cache.testing.RedisServer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A run of a cluster and what the checker says of it. */
record Trial(Plan plan, History history, List<Violation> violations) {

    /** {@code -Dlexigram.history.seed=...} does a run again. */
    static final long SEED =
            Long.getLong("lexigram.history.seed", ThreadLocalRandom.current().nextInt());

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** A plan for caches of their own on the shared server; process, file and job are filled in later. */
    static Plan plan(String backend, Mix mix, PlantedFault fault, int processes, int keys, long millis) {
        long number = NUMBERS.incrementAndGet();
        return new Plan(
                Plan.Job.HISTORY,
                RedisServer.shared().getUri(),
                "run" + number + "-" + mix.name().toLowerCase(java.util.Locale.ROOT),
                backend,
                fault,
                mix,
                SEED + number - 1,
                processes,
                0,
                4,
                keys,
                millis,
                java.nio.file.Path.of("."));
    }

    static Trial of(Plan plan) throws Exception {
        History history = Cluster.run(plan);
        Trial trial = new Trial(plan, history, Checker.check(history));
        System.out.println(trial);
        return trial;
    }

    List<String> brokenRules() {
        return violations.stream().map(Violation::rule).distinct().toList();
    }

    @Override
    public String toString() {
        return violations.stream()
                .map(violation -> "\n" + violation)
                .collect(Collectors.joining(
                        "",
                        plan.title() + ": " + history.size() + " operations, " + violations.size() + " violations",
                        violations.isEmpty() ? "" : "\nfiles: target/history/" + plan.prefix()));
    }
}
