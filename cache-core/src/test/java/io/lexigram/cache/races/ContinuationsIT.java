package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What follows an asynchronous load runs on the one thread that the service has, and asks it again, this time blocking it. Nobody
 * gives up waiting before the test does. Consistency 5.21.
 */
class ContinuationsIT extends Races {

    private static final String OTHER = "other";

    private final ExecutorService single = Executors.newSingleThreadExecutor();
    private final CompletableFuture<String> source = new CompletableFuture<>();
    private CacheService memory;

    private enum Where {
        MEMORY,
        REDIS
    }

    @AfterEach
    void end() {
        single.shutdownNow();
        if (memory != null) {
            memory.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void finds_what_was_loaded(Where where) throws Exception {
        Cache<String> cache = cache(where, null);
        Future<String> again = load(cache)
                .thenApply(value -> cache.get(KEY, () -> "loaded twice"))
                .toCompletableFuture();

        source.complete("value");

        assertThat(outcome(again)).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource
    void finds_what_it_waited_for_together_with_others(Where where) throws Exception {
        Cache<String> cache = cache(where, null);
        CompletionStage<String> leader = load(cache);
        CompletionStage<String> waiter = cache.async().get(KEY, context -> CompletableFuture.completedFuture("twice"));
        await().until(() -> cache.stats().coalesced() == 1);
        Future<String> again =
                waiter.thenApply(value -> cache.get(KEY, () -> "loaded twice")).toCompletableFuture();

        source.complete("value");

        assertThat(outcome(again)).isEqualTo("value");
        assertThat(outcome(leader.toCompletableFuture())).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource
    void loads_another_key(Where where) throws Exception {
        Cache<String> cache = cache(where, null);
        Future<String> other =
                load(cache).thenApply(value -> cache.get(OTHER, () -> "other")).toCompletableFuture();

        source.complete("value");

        assertThat(outcome(other)).isEqualTo("other");
    }

    /** A load with time-outs leaves its caller's thread. */
    @ParameterizedTest
    @EnumSource
    void loads_another_key_that_has_a_load_timeout(Where where) throws Exception {
        Cache<String> cache = cache(where, new LoadTimeout(null, Duration.ofMinutes(10)));
        Future<String> other =
                load(cache).thenApply(value -> cache.get(OTHER, () -> "other")).toCompletableFuture();

        source.complete("value");

        assertThat(outcome(other)).isEqualTo("other");
    }

    @ParameterizedTest
    @EnumSource
    void waits_for_an_asynchronous_load_of_another_key(Where where) throws Exception {
        Cache<String> cache = cache(where, null);
        CompletableFuture<String> slow = new CompletableFuture<>();
        Future<String> other = waiting(cache, slow);

        slow.complete("other");

        assertThat(outcome(other)).isEqualTo("other");
        await().until(() -> "other".equals(cache.get(OTHER)));
    }

    @ParameterizedTest
    @EnumSource
    void hears_of_the_failure_of_an_asynchronous_load_of_another_key(Where where) {
        Cache<String> cache = cache(where, null);
        CompletableFuture<String> slow = new CompletableFuture<>();
        Future<String> other = waiting(cache, slow);

        slow.completeExceptionally(new IllegalStateException("the source is down"));

        assertThatThrownBy(() -> outcome(other)).hasRootCauseMessage("the source is down");
    }

    @Test
    void waits_for_another_process_for_which_an_asynchronous_load_waits() throws Exception {
        Cache<String> cache = cache(Where.REDIS, null);
        Gate loading = gate("loader");
        Future<String> holder = begin(() -> elsewhere.get(OTHER, () -> loading.pass("other")));
        loading.awaitArrival();
        CompletionStage<String> watching =
                cache.async().get(OTHER, context -> CompletableFuture.completedFuture("loaded twice"));
        await().until(() -> cache.stats().coalesced() == 1);
        Future<String> other = load(cache)
                .thenApply(value -> cache.get(OTHER, () -> "loaded twice"))
                .toCompletableFuture();
        source.complete("value");
        await().until(() -> cache.stats().coalesced() == 2);

        loading.open();

        assertThat(outcome(other)).isEqualTo("other");
        assertThat(outcome(watching.toCompletableFuture())).isEqualTo("other");
        assertThat(outcome(holder)).isEqualTo("other");
    }

    /** What follows the load of one key waits for that of another. */
    private Future<String> waiting(Cache<String> cache, CompletableFuture<String> slow) {
        CompletableFuture<String> loading = new CompletableFuture<>();
        cache.async().get(OTHER, context -> {
            loading.complete("");
            return slow;
        });
        await().until(loading::isDone);
        Future<String> other = load(cache)
                .thenApply(value -> cache.get(OTHER, () -> "loaded twice"))
                .toCompletableFuture();
        source.complete("value");
        await().until(() -> cache.stats().coalesced() == 1);
        return other;
    }

    @ParameterizedTest
    @EnumSource
    void an_asynchronous_loader_that_asks_for_its_own_key_is_told_so(Where where) {
        Cache<String> cache = cache(where, null);

        Future<String> load = begin(() -> cache.async()
                .get(KEY, context -> CompletableFuture.completedFuture(cache.get(KEY, () -> "another")))
                .toCompletableFuture()
                .get());

        assertThatThrownBy(() -> outcome(load))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("The loader of key '" + KEY + "'")
                .hasMessageContaining("asks for that same key");
        assertThat(cache.<RuntimeException>get(KEY, () -> "later")).isEqualTo("later");
    }

    /** The load whose end has begun on the thread of the service, or will. */
    private CompletionStage<String> load(Cache<String> cache) {
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletionStage<String> load = cache.async().get(KEY, context -> {
            loading.complete("");
            return source;
        });
        await().until(loading::isDone);
        return load;
    }

    private Cache<String> cache(Where where, LoadTimeout timeout) {
        means = Means.PATIENT.executor(single);
        if (where == Where.MEMORY) {
            memory = means.builder()
                    .backend("memory", MemoryBackend.builder().build())
                    .codec(new JsonCodec())
                    .build();
        }
        CacheService service = where == Where.MEMORY ? memory : node().service();
        CacheSpec.Builder<String> spec = CacheSpec.of("c", String.class);
        return service.cache((timeout == null ? spec : spec.loadTimeout(timeout)).build());
    }
}
