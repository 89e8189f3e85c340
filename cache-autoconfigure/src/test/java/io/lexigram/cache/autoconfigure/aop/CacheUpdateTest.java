package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CacheUpdateTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<Product> cache = context.cache("products", Product.class);

    @Test
    void what_the_method_returned_is_cached() {
        Product saved = products.save(new Product(1, "lamp"));

        assertThat(cache.get("1")).isEqualTo(saved);
    }

    @Test
    void the_method_runs_at_every_call() {
        products.save(new Product(1, "lamp"));
        products.save(new Product(1, "lamp"));

        assertThat(products.runs()).isEqualTo(2);
    }

    @Test
    void the_key_may_be_made_of_the_result() {
        products.create("lamp");

        assertThat(cache.get("7")).isEqualTo(new Product(7, "lamp"));
    }

    @Test
    void lifetime_and_tags_are_those_of_the_annotation() {
        products.create("lamp");

        assertThat(cache.ttl("7").orElseThrow()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
        assertThat(cache.getEntry("7").orElseThrow().tags()).containsExactlyInAnyOrder("product", "name:lamp");
    }

    @Test
    void a_failure_leaves_the_old_entry() {
        cache.put("1", new Product(1, "old"));
        assertThatThrownBy(() -> products.failing(1)).hasMessage("no connection");

        assertThat(cache.get("1")).isEqualTo(new Product(1, "old"));
    }

    @Test
    void a_condition_that_is_false_leaves_the_old_entry() {
        cache.put("1", new Product(1, "old"));
        products.unlessDraft(new Product(1, "ignored"));

        assertThat(cache.get("1")).isEqualTo(new Product(1, "old"));
    }

    @Test
    void a_result_that_must_not_be_stored_takes_the_old_entry_away() {
        cache.put("1", new Product(1, "old"));
        products.unlessDraft(new Product(1, "draft"));

        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void a_method_that_returns_nothing_takes_the_old_entry_away() {
        cache.put("1", new Product(1, "old"));
        products.rename(1, "new");

        assertThat(cache.exists("1")).isFalse();
    }

    @Test
    void beside_cached_it_acts_when_the_method_has_run() {
        products.find(1);

        assertThat(context.cache("names", Product.class).get("found")).isEqualTo(new Product(1, "found"));
    }

    @Test
    void beside_cached_a_hit_is_not_written_again() {
        products.find(1);
        context.cache("names").invalidate("found");
        products.find(1);

        assertThat(context.cache("names").exists("found")).isFalse();
    }

    record Product(long id, String name) {}

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        int runs() {
            return runs.get();
        }

        @CacheUpdate(cache = "products", key = "#product.id")
        public Product save(Product product) {
            runs.incrementAndGet();
            return product;
        }

        @CacheUpdate(
                cache = "products",
                key = "#result.id",
                ttl = "90s",
                tags = {"product", "name:#{#name}"})
        public Product create(String name) {
            return new Product(7, name);
        }

        @CacheUpdate(cache = "products", key = "#id")
        public Product failing(long id) {
            throw new IllegalStateException("no connection");
        }

        @CacheUpdate(
                cache = "products",
                key = "#product.id",
                condition = "#result.name != 'ignored'",
                unless = "#result.name == 'draft'")
        public Product unlessDraft(Product product) {
            return product;
        }

        @CacheUpdate(cache = "products", key = "#id")
        public void rename(long id, String name) {
            runs.incrementAndGet();
        }

        @Cached(cache = "products", key = "#id")
        @CacheUpdate(cache = "names", key = "#result.name")
        public Product find(long id) {
            return new Product(id, "found");
        }
    }
}
