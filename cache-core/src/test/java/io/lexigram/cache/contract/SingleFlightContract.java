package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Concurrent callers of one missing key share one load, its value and its failure, and hold up nobody else. */
abstract class SingleFlightContract extends Laws {

    private static final int CALLERS = 8;

    @Test
    void callers_of_one_missing_key_share_one_load() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        List<CompletableFuture<String>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Together.begin(() -> texts.get("k", () -> {
                loads.incrementAndGet();
                Together.await(release);
                return "v";
            })));
        }
        await("those who wait").until(() -> loads.get() > 1 || texts.stats().coalesced() == CALLERS - 1);
        release.countDown();

        for (CompletableFuture<String> caller : callers) {
            assertThat(Together.outcome(caller)).isEqualTo("v");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void blocking_and_asynchronous_callers_share_one_load() {
        AtomicInteger loads = new AtomicInteger();
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> leader = texts.async()
                .get("k", context -> {
                    loads.incrementAndGet();
                    return source;
                })
                .toCompletableFuture();
        await("the load").until(() -> loads.get() == 1);
        CompletableFuture<String> blocking =
                Together.begin(() -> texts.get("k", () -> "another " + loads.incrementAndGet()));
        CompletableFuture<String> waiting = texts.async()
                .get("k", context -> CompletableFuture.completedFuture("another " + loads.incrementAndGet()))
                .toCompletableFuture();
        await("those who wait").until(() -> loads.get() > 1 || texts.stats().coalesced() == 2);

        source.complete("v");

        assertThat(Together.outcome(leader)).isEqualTo("v");
        assertThat(Together.outcome(blocking)).isEqualTo("v");
        assertThat(Together.outcome(waiting)).isEqualTo("v");
        assertThat(loads).hasValue(1);
        assertThat(texts.get("k")).isEqualTo("v");
    }

    @Test
    void a_load_of_one_key_holds_up_no_other() {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch loading = new CountDownLatch(1);
        CompletableFuture<String> slow = Together.begin(() -> texts.get("slow", () -> {
            loading.countDown();
            Together.await(release);
            return "slow";
        }));
        Together.await(loading);

        assertThat(Together.outcome(Together.begin(() -> texts.get("quick", () -> "quick"))))
                .isEqualTo("quick");
        release.countDown();

        assertThat(Together.outcome(slow)).isEqualTo("slow");
    }

    @Test
    void an_unprotected_load_waits_for_nobody() {
        String inner = texts.get(
                "k",
                () -> Together.outcome(
                        Together.begin(() -> texts.get("k", () -> "unprotected", DEFAULTS.unprotected()))));

        assertThat(inner).isEqualTo("unprotected");
    }

    @Test
    void what_a_loader_throws_reaches_all_who_wait_unchanged() {
        IOException failure = new IOException("no database");
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        List<CompletableFuture<Throwable>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Together.begin(() -> catchThrowable(() -> texts.get("k", () -> {
                loads.incrementAndGet();
                Together.await(release);
                throw failure;
            }))));
        }
        await("those who wait").until(() -> loads.get() > 1 || texts.stats().coalesced() == CALLERS - 1);
        release.countDown();

        for (CompletableFuture<Throwable> caller : callers) {
            assertThat(Together.outcome(caller)).isSameAs(failure);
        }
        assertThat(loads).hasValue(1);
    }
}
