package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.StringUtils;

@ExtendWith(OutputCaptureExtension.class)
class KeyFaultTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);

    @Test
    void a_call_whose_key_is_null_runs_uncached() {
        assertThat(products.find(null)).isEqualTo("run 1");
        assertThat(products.find(null)).isEqualTo("run 2");
    }

    @Test
    void a_call_whose_key_the_cache_refuses_runs_uncached() {
        assertThat(products.find("line\nbreak")).isEqualTo("run 1");
        assertThat(products.find("line\nbreak")).isEqualTo("run 2");
    }

    @Test
    void so_does_one_that_returns_a_future() {
        assertThat(products.findLater("line\nbreak").join()).isEqualTo("run 1");
        assertThat(products.findLater("line\nbreak").join()).isEqualTo("run 2");
    }

    @Test
    void so_does_one_with_several_caches() {
        assertThat(products.findTwice("line\nbreak")).isEqualTo("run 1");
    }

    @Test
    void there_is_one_warning_that_names_the_method_and_not_the_key(CapturedOutput output) {
        products.find("secret\nkey");
        products.find("other\nkey");

        assertThat(StringUtils.countOccurrencesOf(
                        output.toString(), "@Cached on " + Products.class.getName() + ".find(String)"))
                .isEqualTo(1);
        assertThat(output).contains("the call is not cached").doesNotContain("secret");
    }

    @Test
    void a_condition_that_cannot_be_evaluated_makes_the_call_uncached() {
        assertThat(products.conditionally(null)).isEqualTo("run 1");
        assertThat(products.conditionally(null)).isEqualTo("run 2");
    }

    @Test
    void a_tag_that_cannot_be_evaluated_keeps_the_result_out_of_the_cache() {
        assertThat(products.tagged("1")).isNull();

        assertThat(context.cache("tagged").exists("1")).isFalse();
    }

    @Test
    void an_invalidation_without_a_key_lets_the_call_succeed(CapturedOutput output) {
        products.delete(null);

        assertThat(output).contains("nothing is removed from the cache");
    }

    @Test
    void an_update_without_a_key_lets_the_call_succeed(CapturedOutput output) {
        assertThat(products.save(null)).isEqualTo("run 1");

        assertThat(output).contains("the cache is not updated");
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        @Cached(cache = "products", key = "#id")
        public String find(@Nullable String id) {
            return run();
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> findLater(@Nullable String id) {
            return CompletableFuture.completedFuture(run());
        }

        @Cached(cache = "products", key = "#id")
        @Cached(cache = "others", key = "#id")
        public String findTwice(@Nullable String id) {
            return run();
        }

        @Cached(cache = "products", key = "'fixed'", condition = "#id.length() > 0")
        public String conditionally(@Nullable String id) {
            return run();
        }

        @Cached(cache = "tagged", key = "#id", tags = "length:#{#result.length()}")
        public @Nullable String tagged(String id) {
            return null;
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public void delete(@Nullable String id) {}

        @CacheUpdate(cache = "products", key = "#id")
        public String save(@Nullable String id) {
            return run();
        }

        private String run() {
            return "run " + runs.incrementAndGet();
        }
    }
}
