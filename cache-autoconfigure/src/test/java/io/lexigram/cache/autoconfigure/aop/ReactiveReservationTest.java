package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.annotation.CacheKeys;
import io.lexigram.cache.annotation.CacheUpdate;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.AbstractReactiveTransactionManager;
import org.springframework.transaction.reactive.GenericReactiveTransaction;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a reactive transaction is to store is reserved before it is read, and not by a thread that must not block. */
class ReactiveReservationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReservingBackend reserving = new ReservingBackend();
    private final Scheduler eventLoop = Schedulers.newSingle("event-loop");

    @AutoClose
    private final CachingContext context = CachingContext.of(Map.of(), this::caches, Products.class);

    private final Products products = context.bean(Products.class);
    private final Cache<String> cache = context.cache("products", String.class);

    @AfterEach
    void end() {
        eventLoop.dispose();
    }

    private CacheService caches() {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .executor(elsewhere())
                .backend("shared", reserving.backend())
                .build();
    }

    /** What it runs has ended before anybody can ask for it: what depends on it happens on the thread that asks. */
    private Executor elsewhere() {
        return task -> {
            Thread thread = new Thread(task, "cache");
            thread.start();
            if (reserving.made.isDone()) {
                join(thread);
            }
        };
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private <T> CompletableFuture<T> inTransaction(Mono<T> step) {
        return TransactionalOperator.create(new NoDatabase())
                .transactional(step)
                .subscribeOn(eventLoop)
                .timeout(PATIENCE)
                .toFuture();
    }

    @Test
    void a_read_reserves_on_no_thread_that_must_not_block() {
        assertThat(inTransaction(products.find(1)).join()).isEqualTo("product 1");

        assertThat(reserving.askedOn()).containsExactly("cache");
        assertThat(cache.get("1")).isEqualTo("product 1");
    }

    @Test
    void a_read_of_several_reserves_on_no_thread_that_must_not_block() {
        assertThat(inTransaction(products.findAll(List.of(1L, 2L))).join()).hasSize(2);

        assertThat(reserving.askedOn()).containsExactly("cache", "cache");
        assertThat(cache.get("2")).isEqualTo("product 2");
    }

    @Test
    void an_update_reserves_on_no_thread_that_must_not_block() {
        assertThat(inTransaction(products.save(1)).join()).isEqualTo("product 1");

        assertThat(reserving.askedOn()).containsExactly("cache");
        assertThat(cache.get("1")).isEqualTo("product 1");
    }

    @Test
    void a_run_begins_when_its_reservation_is_made_and_the_event_loop_goes_on_meanwhile() {
        reserving.made = new CompletableFuture<>();
        CompletableFuture<String> read = inTransaction(products.find(1));
        await().until(() -> !reserving.askedOn().isEmpty());

        assertThat(Mono.fromSupplier(() -> "free").subscribeOn(eventLoop).block(PATIENCE))
                .isEqualTo("free");
        assertThat(products.runs()).hasValue(0);
        reserving.made.complete(null);

        assertThat(read.join()).isEqualTo("product 1");
        assertThat(cache.get("1")).isEqualTo("product 1");
    }

    @Test
    void an_update_has_ended_when_its_reservation_is_made() {
        reserving.made = new CompletableFuture<>();
        CompletableFuture<String> update = inTransaction(products.save(1));
        await().until(() -> !reserving.askedOn().isEmpty());

        assertThat(update).isNotDone();
        reserving.made.complete(null);

        assertThat(update.join()).isEqualTo("product 1");
        assertThat(cache.get("1")).isEqualTo("product 1");
    }

    static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        AtomicInteger runs() {
            return runs;
        }

        @Cached(cache = "products", key = "#id")
        public Mono<String> find(long id) {
            return named(id);
        }

        @Cached(cache = "products")
        public Mono<Map<Long, String>> findAll(@CacheKeys List<Long> ids) {
            return Mono.fromSupplier(
                    () -> ids.stream().collect(Collectors.toMap(Function.identity(), id -> "product " + id)));
        }

        @CacheUpdate(cache = "products", key = "#id")
        public Mono<String> save(long id) {
            return named(id);
        }

        private Mono<String> named(long id) {
            return Mono.fromSupplier(() -> {
                runs.incrementAndGet();
                return "product " + id;
            });
        }
    }

    private static final class NoDatabase extends AbstractReactiveTransactionManager {

        @Override
        protected Object doGetTransaction(TransactionSynchronizationManager synchronizations) {
            return "transaction";
        }

        @Override
        protected Mono<Void> doBegin(
                TransactionSynchronizationManager synchronizations,
                Object transaction,
                TransactionDefinition definition) {
            return Mono.empty();
        }

        @Override
        protected Mono<Void> doCommit(
                TransactionSynchronizationManager synchronizations, GenericReactiveTransaction status) {
            return Mono.empty();
        }

        @Override
        protected Mono<Void> doRollback(
                TransactionSynchronizationManager synchronizations, GenericReactiveTransaction status) {
            return Mono.empty();
        }
    }
}
