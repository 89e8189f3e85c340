package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.annotation.Cached;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralCachesTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> first = context.cache("first", String.class);
    private final Cache<String> second = context.cache("second", String.class);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_run_fills_all_caches(boolean async) {
        find(async);

        assertThat(first.get("1")).isEqualTo("run 1");
        assertThat(second.get("sku-1")).isEqualTo("run 1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_first_hit_answers(boolean async) {
        first.put("1", "in the first");
        second.put("sku-1", "in the second");

        assertThat(find(async)).isEqualTo("in the first");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_further_cache_answers_where_the_first_has_nothing(boolean async) {
        second.put("sku-1", "in the second");

        assertThat(find(async)).isEqualTo("in the second");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_value_found_in_a_further_cache_does_not_begin_a_new_life_in_the_first(boolean async) {
        second.put("sku-1", "in the second");
        find(async);

        assertThat(first.exists("1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_further_cache_that_is_invalidated_during_the_run_is_not_filled(boolean async) {
        products.duringTheRun(() -> second.invalidate("sku-1"));
        find(async);

        assertThat(second.exists("sku-1")).isFalse();
        assertThat(first.exists("1")).isTrue();
    }

    @Test
    void a_cache_whose_condition_is_false_is_left_out() {
        assertThat(products.conditionally(-1)).isEqualTo("run 1");

        assertThat(first.exists("-1")).isFalse();
        assertThat(second.get("-1")).isEqualTo("run 1");
    }

    private String find(boolean async) {
        return async ? products.findLater(1).join() : products.find(1);
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();
        private Runnable meanwhile = () -> {};

        void duringTheRun(Runnable action) {
            meanwhile = action;
        }

        @Cached(cache = "first", key = "#id")
        @Cached(cache = "second", key = "'sku-' + #id")
        public String find(long id) {
            return run();
        }

        @Cached(cache = "first", key = "#id")
        @Cached(cache = "second", key = "'sku-' + #id")
        public CompletableFuture<String> findLater(long id) {
            return CompletableFuture.completedFuture(run());
        }

        @Cached(cache = "first", key = "#id", condition = "#id > 0")
        @Cached(cache = "second", key = "#id")
        public String conditionally(long id) {
            return run();
        }

        private String run() {
            meanwhile.run();
            return "run " + runs.incrementAndGet();
        }
    }
}
