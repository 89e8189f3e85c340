package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.testing.RedisCluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Processes go on while the slots of their keys move from one primary of a cluster to another. Consistency 5.16. */
class SlotMoveHistoryIT {

    private static final int PROCESSES = 2;
    private static final long MILLIS = 7_000;
    private static final Duration MOVING = Duration.ofSeconds(5);

    /** Long enough for a list of all keys, which begins anew when a slot has moved. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Until the processes have begun. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void processes_keep_every_promise_while_slots_move_under_them() throws Exception {
        try (RedisCluster cluster = RedisCluster.start()) {
            String backend = Plan.STEADY + "cluster@" + String.join(",", cluster.seeds());
            Plan plan = Trial.failing(backend, PROCESSES, MILLIS);
            AtomicInteger moved = new AtomicInteger();
            Trial trial = Trial.during(plan, () -> {
                await().atMost(PATIENCE)
                        .until(() -> moved.addAndGet(cluster.moveSlotsWithKeys(plan.prefix(), PAUSE)) > 0);
                long end = System.nanoTime() + MOVING.toNanos();
                while (System.nanoTime() < end) {
                    moved.addAndGet(cluster.moveSlotsWithKeys(plan.prefix(), PAUSE));
                }
                return Outage.NONE;
            });

            assertThat(trial.violations()).as(trial::toString).isEmpty();
            System.out.println(moved + " slots were moved");
        }
    }
}
