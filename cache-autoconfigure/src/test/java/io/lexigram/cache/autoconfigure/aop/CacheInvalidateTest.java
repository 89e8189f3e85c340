package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.Cached;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheInvalidateTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);

    @BeforeEach
    void fill() {
        cache.put("1", "lamp", CallOptions.NONE.tags("light"));
        cache.put("2", "desk", CallOptions.NONE.tags("wood"));
        cache.put("user:1:name", "Ada");
        cache.put("user:2:name", "Bob");
        context.cache("others", String.class).put("1", "other", CallOptions.NONE.tags("light"));
    }

    @Test
    void the_named_key_goes_and_no_other() {
        products.delete(1);

        assertThat(cache.exists("1")).isFalse();
        assertThat(cache.exists("2")).isTrue();
    }

    @Test
    void keys_that_match_the_pattern_go_and_no_others() {
        products.forgetUser("1");

        assertThat(cache.exists("user:1:name")).isFalse();
        assertThat(cache.exists("user:2:name")).isTrue();
    }

    @Test
    void what_an_expression_puts_into_a_pattern_stands_for_itself() {
        products.forgetUser("*");

        assertThat(cache.exists("user:1:name")).isTrue();
    }

    @Test
    void entries_that_carry_a_tag_go_and_no_others() {
        products.invalidateKind("light");

        assertThat(cache.exists("1")).isFalse();
        assertThat(cache.exists("2")).isTrue();
    }

    @Test
    void a_tag_concerns_its_own_cache_only() {
        products.invalidateKind("light");

        assertThat(context.cache("others").exists("1")).isTrue();
    }

    @Test
    void all_entries_of_the_cache_go_and_those_of_others_stay() {
        products.deleteAll();

        assertThat(cache.keys("*")).isEmpty();
        assertThat(context.cache("others").exists("1")).isTrue();
    }

    @Test
    void a_failure_removes_nothing() {
        assertThatThrownBy(() -> products.failing(1)).hasMessage("no connection");

        assertThat(cache.exists("1")).isTrue();
    }

    @Test
    void before_the_invocation_entries_go_even_if_it_fails() {
        assertThatThrownBy(() -> products.failingLater(1)).hasMessage("1 cached: false");

        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void the_result_may_say_what_goes() {
        products.sell("lamp");

        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void a_condition_that_is_false_removes_nothing() {
        products.deletePositive(0);

        assertThat(cache.exists("1")).isTrue();
    }

    @Test
    void several_are_all_carried_out() {
        products.deleteBoth(1, 2);

        assertThat(cache.exists("1")).isFalse();
        assertThat(cache.exists("2")).isFalse();
    }

    @Test
    void a_call_that_the_cache_answers_invalidates_as_well() {
        products.reload();
        cache.put("1", "again");
        products.reload();

        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void an_entry_removed_before_the_invocation_does_not_answer_it() {
        assertThat(products.refresh(1)).isEqualTo("fresh");
    }

    static class Products {

        private final Cache<String> cache;

        Products(io.lexigram.cache.CacheService caches) {
            this.cache = caches.cache("products", String.class);
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public void delete(long id) {}

        @CacheInvalidate(cache = "products", pattern = "user:#{#user}:*")
        public void forgetUser(String user) {}

        @CacheInvalidate(cache = "products", tags = "#{#kind}")
        public void invalidateKind(String kind) {}

        @CacheInvalidate(cache = "products", allEntries = true)
        public void deleteAll() {}

        @CacheInvalidate(cache = "products", key = "#id")
        public void failing(long id) {
            throw new IllegalStateException("no connection");
        }

        @CacheInvalidate(cache = "products", key = "#id", beforeInvocation = true)
        public void failingLater(long id) {
            throw new IllegalStateException(id + " cached: " + cache.exists("" + id));
        }

        @CacheInvalidate(cache = "products", key = "#result")
        public long sell(String name) {
            return 1;
        }

        @CacheInvalidate(cache = "products", allEntries = true, condition = "#id > 0")
        public void deletePositive(long id) {}

        @CacheInvalidate(cache = "products", key = "#first")
        @CacheInvalidate(cache = "products", key = "#second")
        public void deleteBoth(long first, long second) {}

        @Cached(cache = "others", key = "'reload'")
        @CacheInvalidate(cache = "products", allEntries = true)
        public String reload() {
            return "reloaded";
        }

        @Cached(cache = "products", key = "#id")
        @CacheInvalidate(cache = "products", key = "#id", beforeInvocation = true)
        public String refresh(long id) {
            return "fresh";
        }
    }
}
