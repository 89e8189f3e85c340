package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.spi.StoredEntry;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes while the value of a load is on its way into the store wins over it. */
abstract class FillContract extends Laws {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PUT_IF_ABSENT")
    void an_invalidation_while_a_load_is_being_stored_removes_it(Overtaking overtaking) {
        needs(overtaking.needed());

        whileALoadIsBeingStored(() -> {
            overtaking.run(service, texts);
            return null;
        });

        assertLeft(overtaking.left());
    }

    @Test
    void a_put_if_absent_that_won_is_not_undone_by_a_load_that_is_being_stored() {
        boolean won = whileALoadIsBeingStored(() -> texts.putIfAbsent("k", "new"));

        assertLeft(won ? "new" : "old");
    }

    /** Runs the work from the moment a load of {@code old} is about to reach the store until nothing holds it up. */
    private <T> T whileALoadIsBeingStored(Callable<T> work) {
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        service = on(backend -> ForwardingBackend.onStores(backend, store -> new ForwardingStore(store) {
            @Override
            public void write(String key, StoredEntry entry) {
                if ("old".equals(entry.value())) {
                    storing.countDown();
                    Together.await(release);
                }
                super.write(key, entry);
            }
        }));
        texts = cache("texts", String.class);
        CompletableFuture<String> load = Together.begin(() -> texts.get("k", () -> "old", DEFAULTS.tags("red")));
        Together.await(storing);
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<T> outcome = Together.begin(() -> {
            thread.set(Thread.currentThread());
            return work.call();
        });
        await("an end or a wait").until(() -> outcome.isDone() || isWaiting(thread.get()));
        release.countDown();
        assertThat(Together.outcome(load)).isEqualTo("old");
        return Together.outcome(outcome);
    }

    @Test
    void a_load_that_began_while_a_counter_was_made_does_not_overwrite_it() {
        needs(Capability.COUNTERS);
        CountDownLatch counted = new CountDownLatch(1);
        AtomicReference<CompletableFuture<Long>> load = new AtomicReference<>();
        AtomicReference<Cache<Long>> counts = new AtomicReference<>();
        service = on(backend -> ForwardingBackend.onStores(backend, store -> new ForwardingStore(store) {
            @Override
            public long increment(String key, long by, long ttlMillis) {
                CountDownLatch loading = new CountDownLatch(1);
                load.set(Together.begin(() -> counts.get().get("k", () -> {
                    loading.countDown();
                    Together.await(counted);
                    return -1L;
                })));
                Together.await(loading);
                return super.increment(key, by, ttlMillis);
            }
        }));
        counts.set(cache("counts", Long.class));

        assertThat(counts.get().increment("k", 5)).isEqualTo(5);
        counted.countDown();

        assertThat(Together.outcome(load.get())).isEqualTo(-1L);
        assertThat(counts.get().get("k")).isEqualTo(5L);
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    private void assertLeft(@Nullable String value) {
        assertThat(texts.lookup("k")).isEqualTo(value == null ? new Lookup.Miss<>() : new Lookup.Hit<>(value));
    }
}
