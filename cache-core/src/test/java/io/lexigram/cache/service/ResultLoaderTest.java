package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Result;
import io.lexigram.cache.ResultLoader;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ResultLoaderTest {

    private static final Result<String> FAILURE = Result.failure(new CacheException("no connection"));

    @AutoClose
    private final CacheService caches = LexigramCache.builder()
            .codec(new JsonCodec())
            .backend("memory", MemoryBackend.builder().build())
            .build();

    private final Cache<String> cache = caches.cache("products", String.class);
    private final AtomicInteger loads = new AtomicInteger();

    private Result<String> counted(Result<String> result) {
        loads.incrementAndGet();
        return result;
    }

    @Test
    void a_success_is_stored() {
        cache.getResult("1", () -> counted(Result.success("lamp")));

        assertThat(cache.getResult("1", () -> counted(FAILURE))).isEqualTo(Result.success("lamp"));
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_success_with_null_is_stored() {
        cache.getResult("1", () -> counted(Result.success(null)));

        assertThat(cache.getResult("1", () -> counted(FAILURE))).isEqualTo(Result.success(null));
    }

    @Test
    void a_failure_is_returned_and_not_stored() {
        assertThat(cache.getResult("1", () -> counted(FAILURE))).isEqualTo(FAILURE);
        assertThat(cache.exists("1")).isFalse();
        assertThat(cache.getResult("1", () -> counted(Result.success("lamp")))).isEqualTo(Result.success("lamp"));
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
    }

    @Test
    void a_failure_is_returned_to_everybody_who_waits_for_the_load() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ResultLoader<String> loader = () -> {
            Result<String> failure = counted(FAILURE);
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return failure;
        };
        List<CompletableFuture<Result<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<Result<String>> answer = new CompletableFuture<>();
            new Thread(() -> answer.complete(cache.getResult("1", loader))).start();
            answers.add(answer);
        }
        await().until(() -> cache.stats().coalesced() == 7);
        gate.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(FAILURE));
        assertThat(loads).hasValue(1);
        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void what_a_loader_throws_reaches_the_caller_unchanged() {
        assertThatThrownBy(() -> cache.getResult("1", () -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
    }

    @Test
    void a_key_that_cannot_be_one_is_a_failure() {
        assertThat(cache.getResult("", () -> counted(Result.success("lamp"))))
                .isInstanceOfSatisfying(Result.Failure.class, failure -> assertThat(failure.cause())
                        .isInstanceOf(CacheKeyException.class));
        assertThat(loads).hasValue(0);
    }

    @Test
    void the_options_are_those_of_the_entry() {
        cache.getResult("1", () -> counted(Result.success("lamp")), CallOptions.NONE.tags("light"));

        assertThat(cache.invalidateTags("light")).isEqualTo(1);
    }
}
