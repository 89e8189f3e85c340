package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.testing.MemcachedServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every run follows from its seed: {@code -Dlexigram.history.seed=...} does it again. */
class HistoryIT {

    private static final long SECONDS = Long.getLong("lexigram.history.seconds", 15);
    private static final int PROCESSES = Integer.getInteger("lexigram.history.processes", 3);

    /** Each run begins with cold processes, and its record has to fit into memory. */
    private static final long LONGEST_RUN_SECONDS = 20;

    /** At least so many, for a search to be of more than one kind. */
    private static final int RUNS = 5;

    private static final int RUNS_OF_TIERS = 3;

    private static final long ALONE_MILLIS = 2_000;

    @Test
    void a_process_keeps_every_promise_in_memory() throws Exception {
        keepsEveryPromise(Trial.search("memory", 1, ALONE_MILLIS));
    }

    @Test
    void a_process_keeps_every_promise_on_redis() throws Exception {
        keepsEveryPromise(Trial.search("redis", 1, ALONE_MILLIS));
    }

    @Test
    void processes_that_share_a_redis_keep_every_promise() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long millis = TimeUnit.SECONDS.toMillis(Math.min(LONGEST_RUN_SECONDS, Math.max(1, SECONDS / RUNS)));
        while (System.nanoTime() < end) {
            keepsEveryPromise(Trial.search("redis", PROCESSES, millis));
        }
    }

    @Test
    void processes_that_keep_copies_keep_every_promise_within_the_grace() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        long millis = TimeUnit.SECONDS.toMillis(Math.min(LONGEST_RUN_SECONDS, Math.max(1, SECONDS / RUNS_OF_TIERS)));
        while (System.nanoTime() < end) {
            keepsEveryPromise(Trial.searchTiers(PROCESSES, millis));
        }
    }

    @Test
    void processes_that_share_a_memcached_keep_every_promise() throws Exception {
        String backend = Caches.MEMCACHED + MemcachedServer.shared().address();
        keepsEveryPromise(Trial.search(backend, PROCESSES, ALONE_MILLIS));
    }

    private static void keepsEveryPromise(Plan plan) throws Exception {
        Trial trial = Trial.of(plan);

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }
}
