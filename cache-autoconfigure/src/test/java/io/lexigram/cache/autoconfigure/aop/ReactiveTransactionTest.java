package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.annotation.CacheInvalidate;
import io.lexigram.cache.annotation.CacheKeys;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.GenericReactiveTransaction;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReactiveTransactionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @AutoClose
    private final CachingContext context = CachingContext.of(Database.class, Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);
    private final ReactiveTransactionManager manager = context.bean(ReactiveTransactionManager.class);

    @BeforeEach
    void fill() {
        cache.put("1", "old");
    }

    private void inTransaction(Mono<?>... steps) {
        inTransaction(new DefaultTransactionDefinition(), steps);
    }

    private void inTransaction(TransactionDefinition definition, Mono<?>... steps) {
        TransactionalOperator.create(manager, definition)
                .execute(status -> Flux.concat(steps))
                .then()
                .block(PATIENCE);
    }

    private void rolledBack(Mono<?>... steps) {
        TransactionalOperator.create(manager)
                .execute(status -> Flux.concat(steps).doOnComplete(status::setRollbackOnly))
                .then()
                .block(PATIENCE);
    }

    private static Mono<?> check(Runnable assertion) {
        return Mono.fromRunnable(assertion);
    }

    private static TransactionDefinition snapshot(boolean readOnly) {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        definition.setReadOnly(readOnly);
        return definition;
    }

    @Nested
    class AnInvalidation {

        @Test
        void is_carried_out_after_the_commit() {
            inTransaction(products.rename(1, "new"), check(() -> assertThat(cache.get("1"))
                    .isEqualTo("old")));

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void is_not_carried_out_after_a_rollback() {
            rolledBack(products.rename(1, "new"));

            assertThat(cache.get("1")).isEqualTo("old");
        }

        @Test
        void is_not_carried_out_when_the_transaction_is_cancelled() {
            TransactionalOperator.create(manager)
                    .execute(status -> products.rename(1, "new").then(Mono.never()))
                    .next()
                    .timeout(Duration.ofMillis(200), Mono.empty())
                    .block(PATIENCE);

            assertThat(cache.get("1")).isEqualTo("old");
        }

        @Test
        void of_a_method_that_is_the_transaction_itself_follows_its_commit() {
            products.renameInOwnTransaction(1, "new").block(PATIENCE);

            assertThat(cache.exists("1")).isFalse();
            assertThat(products.find(1).block(PATIENCE)).isEqualTo("new");
        }

        @Test
        void is_carried_out_before_others_act_after_the_commit() {
            List<Boolean> seen = new ArrayList<>();
            inTransaction(afterCommit(Mono.fromRunnable(() -> seen.add(cache.exists("1")))), products.rename(1, "new"));

            assertThat(seen).containsExactly(false);
        }

        @Test
        void that_is_asked_for_after_the_commit_is_carried_out() {
            inTransaction(afterCommit(products.rename(1, "new")));

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_an_inner_transaction_does_not_wait_for_the_outer_one() {
            DefaultTransactionDefinition anew =
                    new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            inTransaction(
                    products.find(3),
                    TransactionalOperator.create(manager, anew).transactional(products.rename(1, "new")),
                    check(() -> assertThat(cache.exists("1")).isFalse()),
                    products.rename(2, "new"));

            assertThat(cache.get("3")).isEqualTo("chair");
        }

        @Test
        void is_carried_out_when_nobody_knows_whether_the_commit_succeeded() {
            TransactionalOperator failing =
                    TransactionalOperator.create(context.bean(Database.class).failingAtCommit());
            assertThatThrownBy(() ->
                            failing.transactional(products.rename(1, "new")).block(PATIENCE))
                    .isInstanceOf(TransactionSystemException.class);

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_a_flux_is_carried_out_after_the_commit() {
            inTransaction(products.deleteEach(1).then(), check(() -> assertThat(cache.exists("1"))
                    .isTrue()));

            assertThat(cache.exists("1")).isFalse();
        }
    }

    @Nested
    class ARead {

        @Test
        void of_what_the_transaction_has_changed_runs_the_method() {
            List<String> seen = new ArrayList<>();
            inTransaction(products.rename(1, "new"), products.find(1).doOnNext(seen::add));

            assertThat(seen).containsExactly("new");
            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_another_cache_is_answered_from_it() {
            context.cache("others").put("1", "cached");
            List<String> seen = new ArrayList<>();
            inTransaction(products.rename(1, "new"), products.other(1).doOnNext(seen::add));

            assertThat(seen).containsExactly("cached");
        }

        @Test
        void that_misses_fills_the_cache_after_the_commit() {
            inTransaction(
                    products.find(2),
                    products.all().then(),
                    check(() -> assertThat(cache.exists("2")).isFalse()),
                    check(() -> assertThat(context.cache("lists").exists("all")).isFalse()));

            assertThat(cache.get("2")).isEqualTo("desk");
            assertThat(context.cache("lists").exists("all")).isTrue();
        }

        @Test
        void that_misses_fills_nothing_after_a_rollback() {
            rolledBack(products.find(2), products.findAll(List.of(3L)));

            assertThat(cache.exists("2")).isFalse();
            assertThat(cache.exists("3")).isFalse();
        }

        @Test
        void that_misses_fills_nothing_when_somebody_has_invalidated_meanwhile() {
            inTransaction(products.find(2), check(() -> cache.invalidate("2")));

            assertThat(cache.exists("2")).isFalse();
        }

        @Test
        void that_misses_joins_no_run_outside_the_transaction() {
            cache.async().get("2", load -> Mono.<String>never().toFuture());
            inTransaction(products.find(2));

            assertThat(cache.get("2")).isEqualTo("desk");
        }

        @Test
        void of_several_is_stored_after_the_commit() {
            inTransaction(products.findAll(List.of(2L, 3L)), check(() -> assertThat(cache.exists("2"))
                    .isFalse()));

            assertThat(cache.get("2")).isEqualTo("desk");
            assertThat(cache.get("3")).isEqualTo("chair");
        }

        @Test
        void that_misses_fills_nothing_from_a_snapshot() {
            inTransaction(snapshot(false), products.find(2), products.findAll(List.of(3L)));
            inTransaction(snapshot(true), products.find(2), products.findAll(List.of(3L)));

            assertThat(cache.exists("2")).isFalse();
            assertThat(cache.exists("3")).isFalse();
        }

        @Test
        void of_a_transaction_that_is_cancelled_is_cancelled() {
            AtomicBoolean cancelled = products.cancelled();
            TransactionalOperator.create(manager)
                    .execute(status -> products.never(2))
                    .next()
                    .timeout(Duration.ofMillis(200), Mono.empty())
                    .block(PATIENCE);

            assertThat(cancelled).isTrue();
        }

        @Test
        void in_a_read_only_transaction_fills_at_once() {
            DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
            readOnly.setReadOnly(true);
            inTransaction(readOnly, products.find(2), check(() -> assertThat(cache.get("2"))
                    .isEqualTo("desk")));
        }
    }

    @Nested
    class AnUpdate {

        @Test
        void is_stored_after_the_commit() {
            inTransaction(products.save(1, "new"), check(() -> assertThat(cache.get("1"))
                    .isEqualTo("old")));

            assertThat(cache.get("1")).isEqualTo("new");
        }

        @Test
        void is_not_stored_after_a_rollback() {
            rolledBack(products.save(1, "new"));

            assertThat(cache.get("1")).isEqualTo("old");
        }

        @Test
        void that_an_invalidation_overtakes_takes_the_entry_away() {
            inTransaction(products.save(1, "new"), check(() -> cache.invalidate("1")));

            assertThat(cache.exists("1")).isFalse();
        }

        @Test
        void of_a_snapshot_takes_the_entry_away() {
            inTransaction(snapshot(false), products.save(1, "new"));

            assertThat(cache.exists("1")).isFalse();
        }
    }

    private static Mono<?> afterCommit(Mono<?> action) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> current.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return action.then();
                    }
                }));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Database {

        private final ConnectionFactory connections =
                ConnectionFactories.get("r2dbc:h2:mem:///" + UUID.randomUUID() + "?options=DB_CLOSE_DELAY=-1");

        @Bean
        DatabaseClient client() {
            DatabaseClient client = DatabaseClient.create(connections);
            client.sql("CREATE TABLE products (id BIGINT PRIMARY KEY, name VARCHAR(100))")
                    .then()
                    .then(client.sql("INSERT INTO products VALUES (1, 'lamp'), (2, 'desk'), (3, 'chair')")
                            .then())
                    .block(PATIENCE);
            return client;
        }

        @Bean
        ReactiveTransactionManager transactions() {
            return new R2dbcTransactionManager(connections);
        }

        ReactiveTransactionManager failingAtCommit() {
            return new R2dbcTransactionManager(connections) {
                @Override
                protected Mono<Void> doCommit(
                        TransactionSynchronizationManager synchronizations, GenericReactiveTransaction status) {
                    return Mono.error(new TransactionSystemException("connection lost"));
                }
            };
        }
    }

    static class Products {

        private final DatabaseClient client;
        private final AtomicBoolean cancelled = new AtomicBoolean();

        Products(DatabaseClient client) {
            this.client = client;
        }

        AtomicBoolean cancelled() {
            return cancelled;
        }

        @Cached(cache = "products", key = "#id")
        public Mono<String> find(long id) {
            return select(id);
        }

        @Cached(cache = "others", key = "#id")
        public Mono<String> other(long id) {
            return select(id);
        }

        @Cached(cache = "products", key = "#id")
        public Mono<String> never(long id) {
            return Mono.<String>never().doOnCancel(() -> cancelled.set(true));
        }

        @Cached(cache = "lists", key = "'all'")
        public Flux<String> all() {
            return client.sql("SELECT name FROM products")
                    .mapValue(String.class)
                    .all();
        }

        @Cached(cache = "products")
        public Mono<Map<Long, String>> findAll(@CacheKeys List<Long> ids) {
            return Flux.fromIterable(ids)
                    .concatMap(id -> select(id).map(name -> Map.entry(id, name)))
                    .collectMap(Map.Entry::getKey, Map.Entry::getValue);
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public Mono<Void> rename(long id, String name) {
            return update(id, name);
        }

        @Transactional
        @CacheInvalidate(cache = "products", key = "#id")
        public Mono<Void> renameInOwnTransaction(long id, String name) {
            return update(id, name);
        }

        @CacheInvalidate(cache = "products", key = "#id")
        public Flux<String> deleteEach(long id) {
            return Flux.just("deleted");
        }

        @CacheUpdate(cache = "products", key = "#id")
        public Mono<String> save(long id, String name) {
            return update(id, name).thenReturn(name);
        }

        private Mono<String> select(long id) {
            return client.sql("SELECT name FROM products WHERE id = $1")
                    .bind("$1", id)
                    .mapValue(String.class)
                    .one();
        }

        private Mono<Void> update(long id, String name) {
            return client.sql("UPDATE products SET name = $1 WHERE id = $2")
                    .bind("$1", name)
                    .bind("$2", id)
                    .then();
        }
    }
}
