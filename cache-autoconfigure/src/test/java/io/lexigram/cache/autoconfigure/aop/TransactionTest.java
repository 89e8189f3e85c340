package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Counter;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class TransactionTest {

    @AutoClose
    private final CachingContext context = CachingContext.of(Database.class, Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);
    private final TransactionTemplate transaction =
            new TransactionTemplate(context.bean(PlatformTransactionManager.class));

    @BeforeEach
    void fill() {
        cache.put("1", "old");
    }

    @Test
    void a_counter_takes_no_part_in_the_transaction() {
        Counter counter = context.bean(CacheService.class).counter("orders");

        long counted = Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            return counter.incr();
        }));

        assertThat(counted).isEqualTo(1);
        assertThat(counter.incr()).isEqualTo(2);
    }

    @Nested
    class AnInvalidation {

        @Test
        void is_carried_out_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.rename(1, "new");
                assertThat(cache.get("1")).isEqualTo("old");
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void is_not_carried_out_after_a_rollback() {
            transaction.executeWithoutResult(status -> {
                products.rename(1, "new");
                status.setRollbackOnly();
            });

            assertThat(cache.get("1")).isEqualTo("old");
        }

        @Test
        void of_a_method_that_is_the_transaction_itself_follows_its_commit() {
            products.renameInOwnTransaction(1, "new");

            assertThat(cache.exists("1")).isFalse();
            assertThat(products.find(1)).isEqualTo("new");
        }

        @Test
        void is_carried_out_before_listeners_run_after_the_commit() {
            List<Boolean> seen = new ArrayList<>();
            transaction.executeWithoutResult(status -> {
                afterCommit(() -> seen.add(cache.exists("1")));
                products.rename(1, "new");
            });

            assertThat(seen).containsExactly(false);
        }

        @Test
        void that_a_listener_asks_for_after_the_commit_is_carried_out() {
            transaction.executeWithoutResult(status -> afterCommit(() -> products.delete(1)));

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_an_inner_transaction_does_not_wait_for_the_outer_one() {
            TransactionTemplate inner = new TransactionTemplate(context.bean(PlatformTransactionManager.class));
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            transaction.executeWithoutResult(outer -> {
                products.find(3);
                inner.executeWithoutResult(status -> products.rename(1, "new"));
                assertThat(cache.exists("1")).isFalse();
            });
        }

        @Test
        void by_a_future_is_carried_out_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.deleteLater(1).join();
                assertThat(cache.exists("1")).isTrue();
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void before_the_invocation_too() {
            transaction.executeWithoutResult(status -> {
                products.deleteFirst(1);
                assertThat(cache.exists("1")).isTrue();
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void is_carried_out_at_once_in_a_read_only_transaction() {
            transaction.setReadOnly(true);
            transaction.executeWithoutResult(status -> {
                products.delete(1);
                assertThat(cache.exists("1")).isFalse();
            });
        }

        @Test
        void is_carried_out_when_nobody_knows_whether_the_commit_succeeded() {
            TransactionTemplate failing =
                    new TransactionTemplate(context.bean(Database.class).failingAtCommit());
            assertThatThrownBy(() -> failing.executeWithoutResult(status -> products.delete(1)))
                    .isInstanceOf(TransactionSystemException.class);

            assertThat(cache.exists("1")).isFalse();
        }
    }

    @Nested
    class ARead {

        @Test
        void of_what_the_transaction_has_invalidated_runs_the_method() {
            transaction.executeWithoutResult(status -> {
                products.rename(1, "new");
                assertThat(products.find(1)).isEqualTo("new");
            });
        }

        @Test
        void of_what_the_transaction_has_invalidated_fills_nothing_even_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.rename(1, "new");
                products.find(1);
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_any_key_runs_the_method_when_tags_were_invalidated() {
            cache.put("2", "old");
            transaction.executeWithoutResult(status -> {
                products.deleteTag("light");
                assertThat(products.find(2)).isEqualTo("desk");
            });
        }

        @Test
        void of_any_key_runs_the_method_when_a_pattern_was_invalidated() {
            transaction.executeWithoutResult(status -> {
                products.deletePattern();
                assertThat(products.find(1)).isEqualTo("lamp");
            });
        }

        @Test
        void of_any_key_runs_the_method_when_all_was_invalidated() {
            transaction.executeWithoutResult(status -> {
                products.deleteAll();
                assertThat(products.find(1)).isEqualTo("lamp");
            });
        }

        @Test
        void of_any_key_runs_the_method_while_a_future_is_to_invalidate() {
            transaction.executeWithoutResult(status -> {
                CompletableFuture<Void> gate = new CompletableFuture<>();
                CompletableFuture<Void> deletion = products.deleteAfter(gate, 2);
                assertThat(products.find(1)).isEqualTo("lamp");
                gate.complete(null);
                deletion.join();
                assertThat(products.find(1)).isEqualTo("old");
                assertThat(products.find(2)).isEqualTo("desk");
            });

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void misses_nothing_that_a_future_invalidates_when_it_outlives_the_transaction() {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            transaction.executeWithoutResult(status -> {
                products.deleteAfter(gate, 1);
                products.saveAfter(gate, 2);
            });
            cache.put("2", "old");
            assertThat(cache.get("1")).isEqualTo("old");
            gate.complete(null);

            assertThat(cache.exists("1")).isFalse();
            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_in_a_read_only_snapshot_fills_nothing_and_joins_no_run() {
            CompletableFuture<String> elsewhere = new CompletableFuture<>();
            cache.async().get("2", load -> elsewhere);
            transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            transaction.setReadOnly(true);
            transaction.executeWithoutResult(status -> {
                assertThat(products.find(2)).isEqualTo("desk");
                assertThat(products.findLater(3).join()).isEqualTo("chair");
            });

            assertThat(cache.keys("*")).containsExactly("1");
            elsewhere.complete("other");
        }

        @Test
        void of_another_key_is_answered_from_the_cache() {
            cache.put("2", "cached");
            transaction.executeWithoutResult(status -> {
                products.rename(1, "new");
                assertThat(products.find(2)).isEqualTo("cached");
            });
        }

        @Test
        void of_what_the_transaction_has_updated_runs_the_method() {
            transaction.executeWithoutResult(status -> {
                products.save(1, "new");
                assertThat(products.find(1)).isEqualTo("new");
            });
        }

        @Test
        void that_misses_fills_the_cache_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.find(2);
                assertThat(cache.exists("2")).isFalse();
            });

            assertThat(cache.get("2")).isEqualTo("desk");
        }

        @Test
        void that_misses_fills_nothing_after_a_rollback() {
            transaction.executeWithoutResult(status -> {
                products.find(2);
                status.setRollbackOnly();
            });

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_fills_nothing_when_somebody_has_invalidated_meanwhile() {
            transaction.executeWithoutResult(status -> {
                products.find(2);
                cache.invalidate("2");
            });

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_fills_nothing_that_the_transaction_changes_later() {
            transaction.executeWithoutResult(status -> {
                products.find(2);
                products.rename(2, "new");
            });

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_fills_nothing_from_a_snapshot() {
            transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            transaction.executeWithoutResult(status -> products.find(2));

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_joins_no_run_outside_the_transaction() {
            CompletableFuture<String> elsewhere = new CompletableFuture<>();
            cache.async().get("2", load -> elsewhere);

            assertThat(transaction.<String>execute(status -> products.find(2))).isEqualTo("desk");
            elsewhere.complete("other");
        }

        @Test
        void that_comes_to_a_failed_future_fills_nothing_and_is_no_fault(CapturedOutput output) {
            transaction.executeWithoutResult(status -> products.failingLater(2));

            assertThat(cache.exists("2")).isFalse();
            assertThat(output).doesNotContain(CacheTransaction.UNCHANGED);
        }

        @Test
        void that_misses_in_a_read_only_transaction_fills_at_once() {
            transaction.setReadOnly(true);
            transaction.executeWithoutResult(status -> {
                products.find(2);
                assertThat(cache.get("2")).isEqualTo("desk");
            });
        }

        @Test
        void that_misses_fills_nothing_when_nobody_knows_whether_the_commit_succeeded() {
            TransactionTemplate failing =
                    new TransactionTemplate(context.bean(Database.class).failingAtCommit());
            assertThatThrownBy(() -> failing.executeWithoutResult(status -> products.find(2)))
                    .isInstanceOf(TransactionSystemException.class);

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void by_a_listener_after_the_commit_fills_at_once() {
            List<String> seen = new ArrayList<>();
            transaction.executeWithoutResult(status -> {
                afterCommit(() -> {
                    products.find(1);
                    seen.add(cache.get("1"));
                });
                products.rename(1, "new");
            });

            assertThat(seen).containsExactly("new");
        }

        @Test
        void that_returns_a_future_fills_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.findLater(2).join();
                assertThat(cache.exists("2")).isFalse();
            });

            assertThat(cache.get("2")).isEqualTo("desk");
        }
    }

    @Nested
    class AnUpdate {

        @Test
        void is_stored_after_the_commit() {
            transaction.executeWithoutResult(status -> {
                products.save(1, "new");
                assertThat(cache.get("1")).isEqualTo("old");
            });

            assertThat(cache.get("1")).isEqualTo("new");
        }

        @Test
        void by_a_future_is_stored_after_the_commit_unless_an_invalidation_overtakes_it() {
            transaction.executeWithoutResult(status -> {
                products.saveAfter(CompletableFuture.completedFuture(null), 1).join();
                products.saveAfter(CompletableFuture.completedFuture(null), 2).join();
                cache.invalidate("2");
            });

            assertThat(cache.get("1")).isEqualTo("saved");
            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void of_a_snapshot_takes_the_entry_away() {
            transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            transaction.executeWithoutResult(status -> products.save(1, "new"));

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void is_stored_after_the_commit_also_where_the_transaction_has_read_the_old_value() {
            transaction.executeWithoutResult(status -> {
                products.find(2);
                products.save(2, "new");
            });

            assertThat(cache.get("2")).isEqualTo("new");
        }

        @Test
        void is_not_stored_after_a_rollback() {
            transaction.executeWithoutResult(status -> {
                products.save(1, "new");
                status.setRollbackOnly();
            });

            assertThat(cache.get("1")).isEqualTo("old");
        }

        @Test
        void that_another_writer_overtakes_takes_the_entry_away() {
            transaction.executeWithoutResult(status -> {
                products.save(1, "new");
                cache.put("1", "overtaking", CallOptions.NONE);
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void in_a_part_that_was_rolled_back_takes_the_entry_away() {
            transaction.executeWithoutResult(status -> {
                Object savepoint = status.createSavepoint();
                products.save(1, "new");
                status.rollbackToSavepoint(savepoint);
            });

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void whose_commit_nobody_knows_of_takes_the_entry_away() {
            TransactionTemplate failing =
                    new TransactionTemplate(context.bean(Database.class).failingAtCommit());
            assertThatThrownBy(() -> failing.executeWithoutResult(status -> products.save(1, "new")))
                    .isInstanceOf(TransactionSystemException.class);

            assertThat(cache.exists("1")).isFalse();
        }
    }

    @Nested
    class AReservation {

        private static final int MANY = 5;

        @AutoClose
        private final CachingContext narrow =
                CachingContext.of(Map.of(), () -> CachingContext.memory(MANY - 1), Database.class, Products.class);

        private final Products products = narrow.bean(Products.class);
        private final TransactionTemplate transaction =
                new TransactionTemplate(narrow.bean(PlatformTransactionManager.class));

        @Test
        void is_given_up_when_the_transaction_rolls_back() {
            for (int i = 0; i < MANY; i++) {
                transaction.executeWithoutResult(status -> {
                    products.save(1, "new");
                    products.find(2);
                    status.setRollbackOnly();
                });
            }
            products.find(3);

            assertThat(narrow.cache("products").exists("3")).isTrue();
        }

        @Test
        void is_given_up_when_the_transaction_commits() {
            for (int i = 0; i < MANY; i++) {
                transaction.executeWithoutResult(status -> {
                    products.save(1, "new");
                    products.find(2);
                });
                narrow.cache("products").clear();
            }
            products.find(3);

            assertThat(narrow.cache("products").exists("3")).isTrue();
        }

        @Test
        void is_given_up_when_the_method_throws() {
            transaction.executeWithoutResult(status -> {
                for (int i = 0; i < MANY; i++) {
                    assertThatThrownBy(() -> products.find(99)).isInstanceOf(EmptyResultDataAccessException.class);
                }
                products.find(3);
            });

            assertThat(narrow.cache("products").exists("3")).isTrue();
        }
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Database {

        private final DataSource source = new EmbeddedDatabaseBuilder()
                .setType(EmbeddedDatabaseType.H2)
                .generateUniqueName(true)
                .build();

        @Bean
        JdbcClient jdbc() {
            JdbcClient jdbc = JdbcClient.create(source);
            jdbc.sql("CREATE TABLE products (id BIGINT PRIMARY KEY, name VARCHAR(100))")
                    .update();
            jdbc.sql("INSERT INTO products VALUES (1, 'lamp'), (2, 'desk'), (3, 'chair')")
                    .update();
            return jdbc;
        }

        @Bean
        PlatformTransactionManager transactions() {
            return new DataSourceTransactionManager(source);
        }

        PlatformTransactionManager failingAtCommit() {
            return new DataSourceTransactionManager(source) {
                @Override
                protected void doCommit(DefaultTransactionStatus status) {
                    throw new TransactionSystemException("connection lost");
                }
            };
        }
    }

    static class Products {

        private final JdbcClient jdbc;

        Products(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Cached(cache = "products", key = "#id")
        public String find(long id) {
            return select(id);
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> findLater(long id) {
            return CompletableFuture.completedFuture(select(id));
        }

        @Cached(cache = "products", key = "#id")
        public CompletableFuture<String> failingLater(long id) {
            return CompletableFuture.failedFuture(new IllegalStateException("no connection"));
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public void rename(long id, String name) {
            update(id, name);
        }

        @Transactional
        @CacheInvalidate(cache = "products", key = "#id")
        public void renameInOwnTransaction(long id, String name) {
            update(id, name);
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public void delete(long id) {}

        @CacheInvalidate(cache = "products", key = "#id", beforeInvocation = true)
        public void deleteFirst(long id) {}

        @CacheInvalidate(cache = "products", key = "#id")
        public CompletableFuture<Void> deleteLater(long id) {
            return CompletableFuture.completedFuture(null);
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public CompletableFuture<Void> deleteAfter(CompletableFuture<Void> gate, long id) {
            return gate.thenApply(open -> open);
        }

        @CacheUpdate(cache = "products", key = "#id")
        public CompletableFuture<String> saveAfter(CompletableFuture<Void> gate, long id) {
            return gate.thenApply(open -> "saved");
        }

        @CacheInvalidate(cache = "products", tags = "#{#tag}")
        public void deleteTag(String tag) {}

        @CacheInvalidate(cache = "products", pattern = "x*")
        public void deletePattern() {}

        @CacheInvalidate(cache = "products", allEntries = true)
        public void deleteAll() {}

        @CacheUpdate(cache = "products", key = "#id")
        public String save(long id, String name) {
            update(id, name);
            return name;
        }

        private String select(long id) {
            return jdbc.sql("SELECT name FROM products WHERE id = ?")
                    .param(id)
                    .query(String.class)
                    .single();
        }

        private void update(long id, String name) {
            jdbc.sql("UPDATE products SET name = ? WHERE id = ?")
                    .param(name)
                    .param(id)
                    .update();
        }
    }
}
