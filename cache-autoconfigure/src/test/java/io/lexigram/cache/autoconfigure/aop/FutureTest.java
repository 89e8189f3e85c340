package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FutureTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);

    @Test
    void the_value_of_a_future_is_cached() {
        assertThat(products.find(1).join()).isEqualTo("run 1");
        assertThat(products.find(1).join()).isEqualTo("run 1");

        assertThat(context.cache("products", String.class).get("1")).isEqualTo("run 1");
    }

    @Test
    void so_is_that_of_a_stage() {
        assertThat(products.stage(1).toCompletableFuture().join()).isEqualTo("run 1");
        assertThat(products.stage(1).toCompletableFuture().join()).isEqualTo("run 1");
    }

    @Test
    void a_future_of_null_is_a_cached_null() {
        assertThat(products.nothing(1).join()).isNull();
        assertThat(products.nothing(1).join()).isNull();

        assertThat(products.runs()).isEqualTo(1);
    }

    @Test
    void a_future_of_an_optional_caches_its_content() {
        assertThat(products.optional(1).join()).contains("run 1");

        assertThat(context.cache("optional", String.class).get("1")).isEqualTo("run 1");
    }

    @Test
    void a_failed_future_fails_with_its_own_failure_and_is_not_cached() {
        assertThatThrownBy(() -> products.failing(1).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(Products.FAILURE);
        assertThatThrownBy(() -> products.failing(1).get()).cause().isSameAs(Products.FAILURE);

        assertThat(products.runs()).isEqualTo(2);
    }

    @Test
    void what_the_method_throws_instead_of_returning_is_the_failure() {
        assertThatThrownBy(() -> products.throwing(1).get()).cause().isSameAs(Products.FAILURE);
    }

    @Test
    void callers_during_the_run_share_it() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<String> first = products.given(1, slow);
        CompletableFuture<String> second = products.given(1, new CompletableFuture<>());
        slow.complete("shared");

        assertThat(first.join()).isEqualTo("shared");
        assertThat(second.join()).isEqualTo("shared");
    }

    @Test
    void a_caller_who_cancels_concerns_nobody_else() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<String> first = products.given(1, slow);
        CompletableFuture<String> second = products.given(1, new CompletableFuture<>());
        first.cancel(true);
        slow.complete("shared");

        assertThat(second.join()).isEqualTo("shared");
    }

    @Test
    void a_result_for_which_unless_is_true_is_not_cached() {
        products.unless("no").join();

        assertThat(context.cache("unless").keys("*")).isEmpty();
    }

    @Test
    void an_update_waits_for_the_value() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<String> saved = products.save(1, slow);
        assertThat(context.cache("products").exists("1")).isFalse();
        slow.complete("saved");
        saved.join();

        assertThat(context.cache("products", String.class).get("1")).isEqualTo("saved");
    }

    @Test
    void an_invalidation_waits_for_the_end() {
        context.cache("products").put("1", "old");
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletableFuture<String> deleted = products.delete(1, slow);
        assertThat(context.cache("products").exists("1")).isTrue();
        slow.complete("deleted");
        deleted.join();

        assertThat(context.cache("products").exists("1")).isFalse();
    }

    @Test
    void a_failed_future_invalidates_nothing() {
        context.cache("products").put("1", "old");
        CompletableFuture<String> deleted =
                products.delete(1, CompletableFuture.failedFuture(new IOException("no connection")));
        Awaitility.await().until(deleted::isCompletedExceptionally);

        assertThat(context.cache("products").exists("1")).isTrue();
    }

    @Test
    void before_the_invocation_entries_are_gone_when_the_method_runs() {
        context.cache("products").put("1", "old");

        assertThat(products.refresh(1).join()).isEqualTo("run 1");
    }

    static class Products {

        static final IOException FAILURE = new IOException("no connection");

        private final AtomicInteger runs = new AtomicInteger();

        int runs() {
            return runs.get();
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> find(long id) {
            return CompletableFuture.completedFuture(run());
        }

        @Cached(cache = "products", key = "#id")
        public CompletionStage<String> stage(long id) {
            return CompletableFuture.completedStage(run());
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<@Nullable String> nothing(long id) {
            run();
            return CompletableFuture.completedFuture(null);
        }

        @Cached(cache = "optional", key = "#id")
        public CompletableFuture<Optional<String>> optional(long id) {
            return CompletableFuture.completedFuture(Optional.of(run()));
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> failing(long id) {
            run();
            return CompletableFuture.failedFuture(FAILURE);
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> throwing(long id) throws IOException {
            throw FAILURE;
        }

        @Cached(cache = "given", key = "#id")
        public CompletableFuture<String> given(long id, CompletableFuture<String> future) {
            return future;
        }

        @Cached(cache = "unless", key = "#name", unless = "#result == 'no'")
        public CompletableFuture<String> unless(String name) {
            return CompletableFuture.completedFuture(name);
        }

        @CacheUpdate(cache = "products", key = "#id")
        public CompletableFuture<String> save(long id, CompletableFuture<String> future) {
            return future;
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public CompletableFuture<String> delete(long id, CompletableFuture<String> future) {
            return future;
        }

        @Cached(cache = "products", key = "#id")
        @CacheInvalidate(cache = "products", key = "#id", beforeInvocation = true)
        public CompletableFuture<String> refresh(long id) {
            return CompletableFuture.completedFuture(run());
        }

        private String run() {
            return "run " + runs.incrementAndGet();
        }
    }
}
