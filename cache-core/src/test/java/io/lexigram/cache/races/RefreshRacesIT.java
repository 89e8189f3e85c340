package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.history.PlantedFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes find a value near its end, and load it anew behind the hit. Every hit is near the end here. */
class RefreshRacesIT extends Races {

    private final Queue<Runnable> behindHere = new ArrayDeque<>();
    private final Queue<Runnable> behindThere = new ArrayDeque<>();
    private final AtomicInteger loads = new AtomicInteger();

    @Override
    @BeforeEach
    void open() {
        means = Means.DEFAULT.executor(behindHere::add);
        here = node();
        means = Means.DEFAULT.executor(behindThere::add);
        there = node();
        means = Means.DEFAULT;
        elsewhere = node();
    }

    /** FusionCache #651: each node loads anew what it has found near its end, whatever the others do. */
    @Test
    @CaughtBy(PlantedFault.TAKE_OVER_OF_ANYTHING)
    void a_node_does_not_load_anew_what_another_one_has_loaded_anew() {
        bothHit(() -> "new");

        run(behindHere);
        run(behindThere);

        assertThat(loads).hasValue(1);
        assertThat(cache(elsewhere).get(KEY)).isEqualTo("new");
    }

    /** FusionCache #651, while the other node is still at it. */
    @Test
    @CaughtBy(PlantedFault.TAKE_OVER_OF_LIVE_LEASE)
    void a_node_does_not_load_anew_what_another_one_loads_anew() throws Exception {
        Gate loading = gate("loader");
        bothHit(() -> loading.pass("new"));
        Future<?> refresh = begin(() -> run(behindHere));
        loading.awaitArrival();

        Future<?> other = begin(() -> run(behindThere));

        outcome(other);
        loading.open();
        outcome(refresh);
        assertThat(loads).hasValue(1);
        assertThat(cache(elsewhere).get(KEY)).isEqualTo("new");
    }

    /** Consistency 5.1. */
    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_removal_elsewhere_while_a_value_is_loaded_anew_is_not_undone_by_its_fill() throws Exception {
        Gate loading = gate("loader");
        bothHit(() -> loading.pass("old"));
        Future<?> refresh = begin(() -> run(behindHere));
        loading.awaitArrival();

        cache(elsewhere).delete(KEY);
        loading.open();
        outcome(refresh);

        assertThat(cache(elsewhere).get(KEY)).isNull();
    }

    /** Consistency 5.11. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_put_elsewhere_while_a_value_is_loaded_anew_stays() throws Exception {
        Gate loading = gate("loader");
        bothHit(() -> loading.pass("old"));
        Future<?> refresh = begin(() -> run(behindHere));
        loading.awaitArrival();

        cache(elsewhere).put(KEY, "put");
        loading.open();
        outcome(refresh);

        assertThat(cache(elsewhere).get(KEY)).isEqualTo("put");
    }

    /** Here and there have hit what was loaded before, and are about to load it anew. */
    private void bothHit(Supplier<String> loader) {
        assertThat(cache(elsewhere).<RuntimeException>get(KEY, () -> "first")).isEqualTo("first");
        for (Node node : new Node[] {here, there}) {
            assertThat(cache(node).<RuntimeException>get(KEY, () -> {
                        loads.incrementAndGet();
                        return loader.get();
                    }))
                    .isEqualTo("first");
        }
    }

    private static Cache<String> cache(Node node) {
        return node.service()
                .cache(CacheSpec.of("near-its-end", String.class)
                        .ttl(Duration.ofHours(1))
                        .refreshAhead(new RefreshAhead(1e12))
                        .failOpen(false)
                        .build());
    }

    private static void run(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
