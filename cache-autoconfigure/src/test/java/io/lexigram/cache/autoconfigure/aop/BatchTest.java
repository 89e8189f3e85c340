package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.Result;
import io.lexigram.cache.annotation.CacheKeys;
import io.lexigram.cache.annotation.Cached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BatchTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);

    @Test
    void the_method_is_asked_once_for_what_is_missing() {
        cache.put("2", "cached");

        assertThat(products.findAll(List.of(1L, 2L, 3L)))
                .containsExactly(entry(1L, "product 1"), entry(2L, "cached"), entry(3L, "product 3"));
        assertThat(products.asked()).containsExactly(List.of(1L, 3L));
    }

    @Test
    void what_it_answers_is_stored_under_each_element() {
        products.findAll(List.of(1L, 2L));

        assertThat(cache.get("1")).isEqualTo("product 1");
        assertThat(cache.get("2")).isEqualTo("product 2");
    }

    @Test
    void it_is_not_called_where_nothing_is_missing() {
        products.findAll(List.of(1L, 2L));
        products.findAll(List.of(2L, 1L));
        products.findAll(List.of());

        assertThat(products.asked()).containsExactly(List.of(1L, 2L));
    }

    @Test
    void it_shares_its_entries_with_the_method_for_one() {
        products.findAll(List.of(1L));
        products.find(1);
        products.find(2);
        products.findAll(List.of(2L));

        assertThat(products.asked()).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void the_answer_is_in_the_order_of_the_request_without_duplicates() {
        cache.put("3", "cached");

        assertThat(products.findAll(List.of(9L, 3L, 9L, 1L)).keySet()).containsExactly(9L, 3L, 1L);
        assertThat(products.asked()).containsExactly(List.of(9L, 1L));
    }

    @Test
    void the_method_gets_the_kind_of_collection_it_declares() {
        products.ofSet(new LinkedHashSet<>(List.of(2L, 1L)));
        products.ofCollection(new LinkedHashSet<>(List.of(2L, 1L)));

        assertThat(products.asked().get(0)).isEqualTo(new LinkedHashSet<>(List.of(2L, 1L)));
        assertThat(List.copyOf(products.asked().get(0))).isEqualTo(List.of(2L, 1L));
        assertThat(products.asked().get(1)).isEqualTo(List.of(2L, 1L));
    }

    @Test
    void what_the_method_leaves_out_stays_absent_and_is_not_cached() {
        assertThat(products.findAll(List.of(-1L, 1L))).containsOnlyKeys(1L);
        assertThat(products.findAll(List.of(-1L, 1L))).containsOnlyKeys(1L);

        assertThat(products.asked()).containsExactly(List.of(-1L, 1L), List.of(-1L));
        assertThat(cache.exists("-1")).isFalse();
    }

    @Test
    void what_the_method_maps_to_null_is_a_cached_null() {
        assertThat(products.findAll(List.of(0L))).containsExactly(entry(0L, null));
        assertThat(products.findAll(List.of(0L))).containsExactly(entry(0L, null));

        assertThat(products.asked()).hasSize(1);
    }

    @Test
    void what_the_method_was_not_asked_for_is_neither_answered_nor_stored() {
        cache.put("99", "cached");
        assertThat(products.generous(List.of(1L, 99L))).containsExactly(entry(1L, "product 1"), entry(99L, "cached"));
        cache.invalidate("99");
        cache.invalidate("1");
        assertThat(products.generous(List.of(1L))).containsOnlyKeys(1L);
        assertThat(cache.exists("99")).isFalse();
    }

    @Test
    void null_instead_of_a_map_answers_nothing() {
        assertThat(products.nothing(List.of(1L))).isEmpty();
    }

    @Test
    void null_instead_of_a_collection_is_passed_on() {
        assertThatThrownBy(() -> products.findAll(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void an_element_that_has_no_key_is_asked_for_and_not_cached() {
        assertThat(products.byName(Arrays.asList("a", null, "", "b"))).containsOnlyKeys("a", null, "", "b");
        assertThat(products.byName(Arrays.asList("a", null, "", "b"))).containsOnlyKeys("a", null, "", "b");

        assertThat(products.asked()).containsExactly(Arrays.asList("a", null, "", "b"), Arrays.asList(null, ""));
    }

    @Test
    void the_key_may_use_the_element_and_the_other_parameters() {
        products.priced("EUR", List.of(1L, 2L));
        products.priced("USD", List.of(1L));
        products.priced("EUR", List.of(1L));

        assertThat(products.asked()).containsExactly(List.of(1L, 2L), List.of(1L));
        assertThat(context.cache("prices").exists("EUR:1")).isTrue();
    }

    @Test
    void two_elements_may_have_one_entry() {
        assertThat(products.anyCase(List.of("A", "a"))).containsExactly(entry("A", "of A"), entry("a", "of a"));
        assertThat(products.anyCase(List.of("a", "A"))).containsExactly(entry("a", "of A"), entry("A", "of A"));
    }

    @Test
    void the_condition_is_asked_for_each_element() {
        products.onlyPositive(List.of(1L, -5L));
        products.onlyPositive(List.of(1L, -5L));

        assertThat(products.asked()).containsExactly(List.of(1L, -5L), List.of(-5L));
    }

    @Test
    void unless_is_asked_for_each_value() {
        products.unlessNull(List.of(0L, 1L));
        products.unlessNull(List.of(0L, 1L));

        assertThat(products.asked()).containsExactly(List.of(0L, 1L), List.of(0L));
    }

    @Test
    void a_constant_tag_is_on_each_entry() {
        products.tagged(List.of(1L, 2L));

        assertThat(context.cache("tagged").invalidateTags("all")).isEqualTo(2);
    }

    @Test
    void a_tag_may_name_the_element_and_its_value() {
        products.taggedEach(List.of(1L, 2L));

        assertThat(context.cache("tagged-each").invalidateTags("key:1")).isEqualTo(1);
        assertThat(context.cache("tagged-each").invalidateTags("value:product 2"))
                .isEqualTo(1);
    }

    @Test
    void a_value_that_is_invalidated_during_the_call_is_returned_and_not_stored() {
        for (Consumer<List<Long>> method :
                List.<Consumer<List<Long>>>of(products::findAll, products::taggedEach, ids -> products.later(ids)
                        .join())) {
            context.caches().clear();
            products.meanwhile(() -> context.caches().cacheNames().forEach(name -> context.cache(name)
                    .invalidate("1")));
            method.accept(List.of(1L, 2L));

            assertThat(context.caches().cacheNames())
                    .noneMatch(name -> context.cache(name).exists("1"))
                    .anyMatch(name -> context.cache(name).exists("2"));
        }
    }

    @Test
    void a_failure_reaches_the_caller_and_nothing_is_stored() {
        cache.put("1", "cached");
        products.meanwhile(() -> {
            throw new IllegalStateException("no connection");
        });
        assertThatThrownBy(() -> products.findAll(List.of(1L, 2L))).hasMessage("no connection");
        assertThatThrownBy(() -> products.taggedEach(List.of(1L, 2L))).hasMessage("no connection");

        assertThat(cache.exists("2")).isFalse();
    }

    @Test
    void a_map_in_a_result_is_cached_and_a_failure_is_not() {
        assertThat(products.result(List.of(1L))).isEqualTo(Result.success(Map.of(1L, "product 1")));
        assertThat(products.result(List.of(1L, -1L)).isSuccess()).isFalse();
        assertThat(products.result(List.of(1L))).isEqualTo(Result.success(Map.of(1L, "product 1")));

        assertThat(products.asked()).containsExactly(List.of(1L), List.of(-1L));
    }

    @Test
    void a_future_of_a_map_is_cached() {
        cache.put("2", "cached");

        assertThat(products.later(List.of(3L, 2L, 1L)).join())
                .containsExactly(entry(3L, "product 3"), entry(2L, "cached"), entry(1L, "product 1"));
        assertThat(products.later(List.of(3L, 2L, 1L)).join()).hasSize(3);
        assertThat(products.asked()).containsExactly(List.of(3L, 1L));
    }

    @Test
    void a_future_that_fails_fails_as_it_does() {
        products.meanwhile(() -> {
            throw new IllegalStateException("no connection");
        });
        assertThat(products.later(List.of(1L)))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_mono_of_a_map_is_cached_for_each_subscription() {
        Mono<Map<Long, String>> mono = products.mono(List.of(1L, 2L));
        assertThat(products.asked()).isEmpty();

        assertThat(mono.block()).containsExactly(entry(1L, "product 1"), entry(2L, "product 2"));
        cache.invalidate("1");
        assertThat(mono.block()).hasSize(2);
        assertThat(products.asked()).containsExactly(List.of(1L, 2L), List.of(1L));
    }

    static class Products {

        private final List<Collection<?>> asked = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        List<Collection<?>> asked() {
            return asked;
        }

        void meanwhile(Runnable action) {
            meanwhile = action;
        }

        private <K> Map<K, @Nullable String> load(Collection<K> keys) {
            asked.add(keys instanceof Set<K> ? new LinkedHashSet<>(keys) : new ArrayList<>(keys));
            Map<K, @Nullable String> found = new HashMap<>();
            for (K key : keys) {
                if (!(key instanceof Long id)) {
                    found.put(key, "of " + key);
                } else if (id >= 0) {
                    found.put(key, id == 0 ? null : "product " + id);
                }
            }
            meanwhile.run();
            return found;
        }

        @Cached(cache = "products", key = "#id")
        public @Nullable String find(long id) {
            return load(List.of(id)).get(id);
        }

        @Cached(cache = "products")
        public Map<Long, String> findAll(@CacheKeys @Nullable List<Long> ids) {
            return load(ids);
        }

        @Cached(cache = "products")
        public Map<Long, String> ofSet(@CacheKeys Set<Long> ids) {
            return load(ids);
        }

        @SuppressWarnings("unchecked")
        @Cached(cache = "sets")
        public Map<Long, String> ofCollection(@CacheKeys Collection<? extends Long> ids) {
            return load((Collection<Long>) ids);
        }

        @Cached(cache = "products")
        public Map<Long, String> generous(@CacheKeys List<Long> ids) {
            return load(List.of(ids.get(0), 99L));
        }

        @Cached(cache = "products")
        public @Nullable Map<Long, String> nothing(@CacheKeys List<Long> ids) {
            return null;
        }

        @Cached(cache = "names")
        public Map<String, String> byName(@CacheKeys List<String> names) {
            return load(names);
        }

        @Cached(cache = "prices", key = "#currency + ':' + #key")
        public Map<Long, String> priced(String currency, @CacheKeys List<Long> ids) {
            return load(ids);
        }

        @Cached(cache = "names", key = "#key.toLowerCase()")
        public Map<String, String> anyCase(@CacheKeys List<String> names) {
            return load(names);
        }

        @Cached(cache = "products", condition = "#key > 0")
        public Map<Long, String> onlyPositive(@CacheKeys List<Long> ids) {
            return load(ids);
        }

        @Cached(cache = "products", unless = "#result == null")
        public Map<Long, String> unlessNull(@CacheKeys List<Long> ids) {
            return load(ids);
        }

        @Cached(cache = "tagged", tags = "all")
        public Map<Long, String> tagged(@CacheKeys List<Long> ids) {
            return load(ids);
        }

        @Cached(
                cache = "tagged-each",
                tags = {"key:#{#key}", "value:#{#result}"})
        public Map<Long, String> taggedEach(@CacheKeys List<Long> ids) {
            return load(ids);
        }

        @Cached(cache = "products")
        public Result<Map<Long, String>> result(@CacheKeys List<Long> ids) {
            Map<Long, @Nullable String> loaded = load(ids);
            return ids.contains(-1L) ? Result.failure(new CacheException("no connection")) : Result.success(loaded);
        }

        @Cached(cache = "products")
        public CompletableFuture<Map<Long, String>> later(@CacheKeys List<Long> ids) {
            return CompletableFuture.supplyAsync(() -> load(ids));
        }

        @Cached(cache = "products")
        public Mono<Map<Long, String>> mono(@CacheKeys List<Long> ids) {
            return Mono.fromSupplier(() -> load(ids));
        }
    }
}
