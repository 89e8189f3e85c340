package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.Operation.Read;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.SentinelTrio;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes go on, with and without copies of their own, while the server of their caches is replaced by its replica. */
class FailoverHistoryIT {

    /** Of each kind; kills and orderly ones take turns. */
    private static final int FAILOVERS = Integer.getInteger("lexigram.history.failovers", 1);

    private static final int PROCESSES = 2;
    private static final long MILLIS_BEFORE = 2_000;
    private static final long MILLIS = 10_000;

    /** Until processes that waited between two attempts are back, and have delivered what they could not. */
    private static final long SETTLING_MILLIS = 3_000;

    @ParameterizedTest
    @ValueSource(strings = {"", Plan.TIERED + "-"})
    void processes_keep_their_promises_when_a_primary_of_a_cluster_is_replaced(String before) throws Exception {
        for (int i = 0; i < FAILOVERS; i++) {
            boolean kill = i % 2 == 0;
            try (RedisCluster cluster = RedisCluster.start()) {
                cluster.noticeSoon();
                Plan plan = Trial.failing(before + "cluster@" + String.join(",", cluster.seeds()), PROCESSES, MILLIS);
                check(plan, () -> {
                    var primary = cluster.primaries().get(0);
                    if (kill) {
                        cluster.kill(primary);
                    } else {
                        cluster.handOver(primary);
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", Plan.TIERED + "-"})
    void processes_keep_their_promises_when_sentinels_replace_the_primary(String before) throws Exception {
        for (int i = 0; i < FAILOVERS; i++) {
            boolean kill = i % 2 == 0;
            try (SentinelTrio trio = SentinelTrio.start()) {
                Plan plan = Trial.failing(before + "sentinel@" + String.join(",", trio.sentinels()), PROCESSES, MILLIS);
                check(plan, kill ? trio::kill : trio::handOver);
            }
        }
    }

    private static void check(Plan plan, Runnable failover) throws Exception {
        Outage[] outage = new Outage[1];
        Trial trial = Trial.during(plan, () -> {
            after(MILLIS_BEFORE);
            long from = System.nanoTime();
            failover.run();
            after(SETTLING_MILLIS);
            outage[0] = new Outage(from, System.nanoTime());
            return outage[0];
        });

        assertThat(trial.violations()).as(trial::toString).isEmpty();
        for (int process = 0; process < PROCESSES; process++) {
            assertThat(hitsAfter(outage[0], trial.history(), process))
                    .as("what process %d has found since", process)
                    .isNotEmpty();
        }
    }

    private static void after(long millis) {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
    }

    /** Reads of a process that found what had been stored before them. */
    private static List<Read> hitsAfter(Outage outage, History history, int process) {
        Stream<Read> reads =
                history.of(Read.class).filter(read -> read.actor().process() == process && read.call() > outage.to());
        return reads.filter(read -> {
                    var origin = read.answer() == null ? null : history.originOf(read.answer());
                    return origin != null && origin.loadedAt() > outage.to() && origin.loadedAt() < read.call();
                })
                .toList();
    }
}
