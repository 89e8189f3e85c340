package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.annotation.Cached;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CachedTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Map.of("products.ttl", "7m"), Products.class);

    private final Products products = context.bean(Products.class);

    @Test
    void the_second_call_is_answered_without_running_the_method() {
        assertThat(products.find(1)).isEqualTo("1 run 1");
        assertThat(products.find(1)).isEqualTo("1 run 1");
        assertThat(products.find(2)).isEqualTo("2 run 2");
    }

    @Test
    void the_entry_is_under_the_key_that_the_expression_yields() {
        products.find(1);

        assertThat(cache("products").get("1")).isEqualTo("1 run 1");
    }

    @Test
    void what_another_part_of_the_application_has_put_is_found() {
        cache("products").put("1", "put");

        assertThat(products.find(1)).isEqualTo("put");
    }

    @Test
    void null_is_cached_as_a_value() {
        assertThat(products.nothing(1)).isNull();
        assertThat(products.nothing(1)).isNull();

        assertThat(products.runs()).hasValue(1);
    }

    @Test
    void an_exception_reaches_the_caller_unchanged_and_is_not_cached() {
        assertThatThrownBy(() -> products.failing(1)).isSameAs(products.failure());
        assertThatThrownBy(() -> products.failing(1)).isSameAs(products.failure());

        assertThat(products.runs()).hasValue(2);
    }

    @Test
    void the_method_runs_once_even_if_it_throws_what_the_cache_throws_for_bad_keys() {
        assertThatThrownBy(() -> products.refusing(1)).isInstanceOf(CacheKeyException.class);

        assertThat(products.runs()).hasValue(1);
    }

    @Test
    void a_call_whose_condition_is_false_runs_and_leaves_nothing() {
        products.positive(0);
        products.positive(0);

        assertThat(products.runs()).hasValue(2);
        assertThat(cache("positive").exists("0")).isFalse();
    }

    @Test
    void a_call_whose_condition_is_false_does_not_see_an_entry() {
        cache("positive").put("0", "put");

        assertThat(products.positive(0)).isEqualTo("0 run 1");
    }

    @Test
    void a_result_for_which_unless_is_true_is_returned_and_not_cached() {
        assertThat(products.notOdd(1)).isEqualTo(1);
        assertThat(products.notOdd(1)).isEqualTo(1);
        products.notOdd(2);
        products.notOdd(2);

        assertThat(products.runs()).hasValue(3);
    }

    @Test
    void the_lifetime_is_that_of_the_annotation() {
        products.brief(1);

        assertThat(ttl("brief")).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
    }

    @Test
    void the_lifetime_may_be_a_placeholder() {
        products.configured(1);

        assertThat(ttl("configured")).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(7));
    }

    @Test
    void the_entry_carries_fixed_tags_and_those_made_of_the_result() {
        products.tagged(1);

        assertThat(cache("tagged").getEntry("1").orElseThrow().tags()).containsExactlyInAnyOrder("product", "length:7");
    }

    @Test
    void without_a_key_all_arguments_make_it() {
        assertThat(products.unkeyed("a, b", "c")).isEqualTo("run 1");
        assertThat(products.unkeyed("a", "b, c")).isEqualTo("run 2");
        assertThat(products.unkeyed("a, b", "c")).isEqualTo("run 1");
    }

    @Test
    void the_entry_is_on_the_backend_that_the_annotation_names() {
        products.elsewhere(1);

        assertThat(cache("elsewhere").exists("1")).isFalse();
        assertThat(cache("elsewhere").on("second").get("1")).isEqualTo("1 run 1");
    }

    @Test
    void a_primitive_result_is_cached() {
        assertThat(products.count(1)).isEqualTo(1);
        assertThat(products.count(1)).isEqualTo(1);
    }

    @Test
    void a_null_that_somebody_cached_for_a_primitive_result_runs_the_method() {
        context.cache("count", Integer.class).put("1", null);

        assertThat(products.count(1)).isEqualTo(1);
    }

    private Cache<String> cache(String name) {
        return context.cache(name, String.class);
    }

    private Duration ttl(String name) {
        return cache(name).ttl("1").orElseThrow();
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();
        private final IOException failure = new IOException("no connection");

        AtomicInteger runs() {
            return runs;
        }

        IOException failure() {
            return failure;
        }

        @Cached(cache = "products", key = "#id")
        public String find(long id) {
            return id + " run " + runs.incrementAndGet();
        }

        @Cached(cache = "nothing", key = "#id")
        public @Nullable String nothing(long id) {
            runs.incrementAndGet();
            return null;
        }

        @Cached(cache = "failing", key = "#id")
        public String failing(long id) throws IOException {
            runs.incrementAndGet();
            throw failure;
        }

        @Cached(cache = "refusing", key = "#id")
        public String refusing(long id) {
            runs.incrementAndGet();
            throw new CacheKeyException("Thrown by the method");
        }

        @Cached(cache = "positive", key = "#id", condition = "#id > 0")
        public String positive(long id) {
            return find(id);
        }

        @Cached(cache = "notOdd", key = "#number", unless = "#result % 2 == 1")
        public Integer notOdd(int number) {
            runs.incrementAndGet();
            return number;
        }

        @Cached(cache = "brief", key = "#id", ttl = "90s")
        public String brief(long id) {
            return find(id);
        }

        @Cached(cache = "configured", key = "#id", ttl = "${products.ttl}")
        public String configured(long id) {
            return find(id);
        }

        @Cached(
                cache = "tagged",
                key = "#id",
                tags = {"product", "length:#{#result.length()}"})
        public String tagged(long id) {
            return find(id);
        }

        @Cached(cache = "unkeyed")
        public String unkeyed(String first, String second) {
            return "run " + runs.incrementAndGet();
        }

        @Cached(cache = "elsewhere", key = "#id", backend = "second")
        public String elsewhere(long id) {
            return find(id);
        }

        @Cached(cache = "count", key = "#id")
        public int count(long id) {
            return runs.incrementAndGet();
        }
    }
}
