package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.Cached;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CachedSharingTest {

    private static final int CALLERS = 8;

    @AutoClose
    private final CachingContext context = CachingContext.of(Slow.class);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

    private final Slow slow = context.bean(Slow.class);

    @Test
    void concurrent_callers_of_one_key_share_one_run() {
        List<CompletableFuture<String>> answers = callers(slow::shared);
        Awaitility.await().until(() -> context.cache("shared").stats().coalesced() == CALLERS - 1);
        slow.proceed();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("run 1"));
    }

    @Test
    void without_protection_each_caller_runs_the_method() {
        List<CompletableFuture<String>> answers = callers(slow::unshared);
        Awaitility.await().until(() -> slow.runs() == CALLERS);
        slow.proceed();

        assertThat(answers.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
    }

    private List<CompletableFuture<String>> callers(LongFunction<String> method) {
        return IntStream.range(0, CALLERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> method.apply(1), threads))
                .toList();
    }

    static class Slow {

        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger runs = new AtomicInteger();

        void proceed() {
            gate.countDown();
        }

        int runs() {
            return runs.get();
        }

        @Cached(cache = "shared", key = "#id")
        public String shared(long id) {
            return run();
        }

        @Cached(cache = "unshared", key = "#id", protect = false)
        public String unshared(long id) {
            return run();
        }

        private String run() {
            int run = runs.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "run " + run;
        }
    }
}
