package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheKeys;
import io.lexigram.cache.annotation.Cached;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class BatchTransactionTest {

    private static final int MANY = 5;

    @AutoClose
    private final CachingContext context = CachingContext.of(
            Map.of(), () -> CachingContext.memory(MANY - 1), TransactionTest.Database.class, Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);
    private final TransactionTemplate transaction =
            new TransactionTemplate(context.bean(PlatformTransactionManager.class));

    @Test
    void what_is_missing_is_stored_after_the_commit() {
        transaction.executeWithoutResult(status -> {
            assertThat(products.findAll(List.of(1L, 2L))).hasSize(2);
            assertThat(cache.exists("1")).isFalse();
        });

        assertThat(cache.get("1")).isEqualTo("product 1");
        assertThat(cache.get("2")).isEqualTo("product 2");
    }

    @Test
    void it_is_not_stored_after_a_rollback() {
        transaction.executeWithoutResult(status -> {
            products.findAll(List.of(1L, 2L));
            products.later(List.of(3L)).join();
            status.setRollbackOnly();
        });

        assertThat(cache.keys("*")).isEmpty();
    }

    @Test
    void an_element_that_is_invalidated_meanwhile_is_not_stored() {
        transaction.executeWithoutResult(status -> {
            products.findAll(List.of(1L, 2L));
            cache.invalidate("1");
        });

        assertThat(cache.exists("1")).isFalse();
        assertThat(cache.exists("2")).isTrue();
    }

    @Test
    void an_element_that_the_transaction_has_invalidated_bypasses_the_cache() {
        cache.put("1", "old");
        cache.put("2", "old");
        transaction.executeWithoutResult(status -> {
            products.delete(1);
            assertThat(products.findAll(List.of(1L, 2L))).isEqualTo(Map.of(1L, "product 1", 2L, "old"));
            assertThat(products.later(List.of(1L, 2L)).join()).isEqualTo(Map.of(1L, "product 1", 2L, "old"));
        });

        assertThat(cache.exists("1")).isFalse();
        assertThat(products.asked()).containsExactly(List.of(1L), List.of(1L));
    }

    @Test
    void nothing_is_stored_from_a_snapshot() {
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transaction.executeWithoutResult(status -> {
            products.findAll(List.of(1L, 2L));
            products.later(List.of(3L)).join();
        });

        assertThat(cache.keys("*")).isEmpty();
    }

    @Test
    void a_future_of_a_map_is_stored_after_the_commit() {
        transaction.executeWithoutResult(status -> {
            products.later(List.of(1L)).join();
            assertThat(cache.exists("1")).isFalse();
        });

        assertThat(cache.get("1")).isEqualTo("product 1");
    }

    @Test
    void a_future_that_ends_after_the_commit_is_not_stored_and_gives_its_reservations_up() {
        for (long id = 1; id <= MANY; id++) {
            CompletableFuture<String> gate = new CompletableFuture<>();
            products.gate(gate);
            List<Long> ids = List.of(id);
            var later = transaction.execute(status -> products.later(ids));
            gate.complete("open");
            assertThat(later.join()).hasSize(1);
        }
        assertThat(cache.keys("*")).isEmpty();
        products.findAll(List.of(7L));

        assertThat(cache.exists("7")).isTrue();
    }

    @Test
    void reservations_are_given_up_when_the_method_throws_or_leaves_an_element_out() {
        transaction.executeWithoutResult(status -> {
            for (int i = 0; i < MANY; i++) {
                assertThatThrownBy(() -> products.findAll(List.of(0L))).hasMessage("no product 0");
            }
        });
        for (int i = 0; i < MANY; i++) {
            transaction.executeWithoutResult(status -> products.findAll(List.of(-1L)));
        }
        products.findAll(List.of(7L));

        assertThat(cache.exists("7")).isTrue();
    }

    static class Products {

        private final List<Collection<?>> asked = new ArrayList<>();
        private CompletableFuture<String> gate = CompletableFuture.completedFuture("open");

        List<Collection<?>> asked() {
            return asked;
        }

        void gate(CompletableFuture<String> next) {
            gate = next;
        }

        @Cached(cache = "products")
        public Map<Long, String> findAll(@CacheKeys List<Long> ids) {
            asked.add(ids);
            Map<Long, String> found = new LinkedHashMap<>();
            for (Long id : ids) {
                if (id == 0) {
                    throw new IllegalStateException("no product 0");
                }
                if (id > 0) {
                    found.put(id, "product " + id);
                }
            }
            return found;
        }

        @Cached(cache = "products")
        public CompletableFuture<Map<Long, String>> later(@CacheKeys List<Long> ids) {
            return gate.thenApply(open -> findAll(ids));
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public void delete(long id) {}
    }
}
