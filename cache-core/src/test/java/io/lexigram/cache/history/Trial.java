package io.lexigram.cache.history;

import io.lexigram.cache.testing.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A run of several processes and what the checker says of it.
 *
 * @param loads how many loads the source has counted
 */
record Trial(Plan plan, History history, long loads, List<Violation> violations) {

    private static final int THREADS = 4;
    private static final int MOST_KEYS = 3;

    /** So many that each of them is left alone for longer than the grace. */
    private static final int KEYS_OF_BURSTS = 30;

    /** Two heartbeats, and what a busy machine may add: an answer is on its way before the message is. */
    static final Duration GRACE = Caches.HEARTBEAT.multipliedBy(2).plusSeconds(1);

    private static final Duration GRACE_OF_A_HUNT =
            Caches.HEARTBEAT.multipliedBy(2).plusMillis(200);
    private static final long SEED =
            Long.getLong("lexigram.history.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    private static final AtomicLong NEXT_SEED = new AtomicLong(SEED);

    /** A plan that follows from its seed. The first one has {@code lexigram.history.seed}, each further one the next. */
    static Plan search(String backend, int processes, long millis) {
        long seed = NEXT_SEED.getAndIncrement();
        Mix mix = Mix.SEARCHING.get(Math.floorMod(seed, Mix.SEARCHING.size()));
        int keys = 1 + Math.floorMod(seed / Mix.SEARCHING.size(), MOST_KEYS);
        return plan(backend, PlantedFault.NONE, mix, seed, processes, keys, millis);
    }

    /** As {@link #search}, with copies in each process. */
    static Plan searchTiers(int processes, long millis) {
        Plan plan = search(Plan.TIERED, processes, millis);
        return plan.seed() % 2 == 0
                ? plan
                : plan(Plan.TIERED, PlantedFault.NONE, Mix.BURSTS, plan.seed(), processes, KEYS_OF_BURSTS, millis);
    }

    /** A plan for two processes that keep copies, with a fault. */
    static Plan huntTiers(PlantedFault fault, Mix mix, long millis) {
        int keys = mix == Mix.BURSTS ? KEYS_OF_BURSTS : MOST_KEYS;
        return plan(Plan.TIERED, fault, mix, NEXT_SEED.getAndIncrement(), 2, keys, millis);
    }

    /** A plan for services whose servers fail meanwhile. @param backend with its place, as {@link Plan#backend} has it */
    static Plan failing(String backend, int processes, long millis) {
        Plan plan = search(backend, processes, millis);
        return plan(backend, PlantedFault.NONE, Mix.BROAD, plan.seed(), processes, MOST_KEYS, millis);
    }

    /** A plan for two processes with a fault. */
    static Plan hunt(PlantedFault fault, Mix mix, int keys, long millis) {
        return plan("redis", fault, mix, NEXT_SEED.getAndIncrement(), 2, keys, millis);
    }

    /** A plan for threads that all ask for one missing key at once. */
    static Plan stampede(int processes, int threads) {
        return plan("redis", PlantedFault.NONE, Mix.STAMPEDE, NEXT_SEED.getAndIncrement(), processes, 1, 0)
                .stampede(threads);
    }

    private static Plan plan(
            String backend, PlantedFault fault, Mix mix, long seed, int processes, int keys, long millis) {
        String type = backend.substring(0, (backend + '@').indexOf('@'));
        String name = "%s-%s-%s-%d".formatted(type, mix, fault, seed).toLowerCase(Locale.ROOT);
        return new Plan(
                Plan.Job.HISTORY,
                RedisServer.shared().getUri(),
                name,
                backend,
                fault,
                mix,
                seed,
                processes,
                0,
                THREADS,
                keys,
                millis,
                Path.of("process.tsv"));
    }

    /** In JVMs of their own. */
    static Trial of(Plan plan) throws Exception {
        return judge(plan, Cluster.run(plan), GRACE, Outage.NONE);
    }

    /** In this JVM. */
    static Trial here(Plan plan) throws Exception {
        return judge(plan, Cluster.runHere(plan), GRACE, Outage.NONE);
    }

    /** In this JVM, and judged with little patience: what it finds is no proof where no fault was planted. */
    static Trial hunted(Plan plan) throws Exception {
        return judge(plan, Cluster.runHere(plan), GRACE_OF_A_HUNT, Outage.NONE);
    }

    /** In JVMs of their own, with something that is done to the servers in the middle of it. */
    static Trial during(Plan plan, Callable<Outage> failure) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<History> running = executor.submit(() -> Cluster.run(plan));
            Outage outage = failure.call();
            return judge(plan, running.get(), GRACE, outage);
        } finally {
            executor.shutdownNow();
        }
    }

    private static Trial judge(Plan plan, History history, Duration graceOfCopies, Outage outage) {
        Duration grace = plan.isTiered() ? graceOfCopies : Duration.ZERO;
        try (Truth truth = new Truth(plan.redis(), plan.prefix())) {
            Trial trial = new Trial(plan, history, truth.loads(), Checker.check(history, grace, outage));
            System.out.println(trial);
            return trial;
        }
    }

    List<String> brokenRules() {
        return violations.stream().map(Violation::rule).toList();
    }

    @Override
    public String toString() {
        return violations.stream()
                .map(violation -> "\n" + violation)
                .collect(Collectors.joining(
                        "",
                        plan.title() + ": " + history.size() + " operations, " + loads + " loads",
                        violations.isEmpty() ? "" : "\nThe files are in " + Cluster.directoryOf(plan)));
    }
}
