package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.AsyncCounter;
import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.Counter;
import io.lexigram.cache.Counter.Partition;
import io.lexigram.cache.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Named counters number without repeating themselves, and are apart from each other. */
abstract class NumberContract extends Laws {

    private Counter orders;

    @BeforeEach
    void thereAreCounters() {
        needs(Capability.COUNTERS);
        orders = service.counter("orders");
    }

    @Test
    void a_counter_counts_from_one_up_and_down() {
        assertThat(orders.incr()).isEqualTo(1);
        assertThat(orders.incr(5)).isEqualTo(6);
        assertThat(orders.incr(0)).isEqualTo(6);
        assertThat(orders.decr()).isEqualTo(5);
        assertThat(orders.decr(8)).isEqualTo(-3);
        assertThat(service.counter("orders").incr(0)).isEqualTo(-3);
    }

    @Test
    void a_batch_is_the_ascending_list_of_what_was_counted() {
        assertThat(orders.incrBatch(5)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(orders.incrBatch(3)).containsExactly(6L, 7L, 8L);
        assertThat(orders.incrBatch()).containsExactly(9L, 10L);
        List<Long> many = orders.incrBatch(Integer.MAX_VALUE);
        assertThat(many.get(0)).isEqualTo(11);
        assertThat(many.get(Integer.MAX_VALUE - 1)).isEqualTo(10L + Integer.MAX_VALUE);
        orders.reset(-2);
        assertThat(orders.incrBatch(3)).containsExactly(-1L, 0L, 1L);

        for (int size : new int[] {0, -1}) {
            assertThatThrownBy(() -> orders.incrBatch(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is " + size);
            assertThatThrownBy(() -> orders.blocks(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is " + size);
        }
        assertThat(orders.incr(0)).isEqualTo(1);
    }

    @Test
    void a_reset_sets_the_counter_and_answers_what_it_set() {
        assertThat(orders.reset()).isEqualTo(1);
        assertThat(orders.incr()).isEqualTo(2);
        assertThat(orders.reset(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(orders.incr()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(orders.reset(0)).isZero();
        assertThat(orders.incr()).isEqualTo(1);
    }

    @Test
    void a_reset_is_one_step() {
        for (int round = 0; round < 20; round++) {
            Together.run(2, thread -> () -> orders.reset(1_000));
            assertThat(orders.incr(0)).isEqualTo(1_000);
            orders.decr(1 + round);
        }
    }

    @Test
    void an_overflow_is_refused_and_the_numbers_go_on_below_it() {
        orders.reset(Long.MAX_VALUE - 2);

        assertThatThrownBy(() -> orders.incrBatch(3)).isInstanceOf(CacheCapacityException.class);
        assertThatThrownBy(() -> orders.blocks(3).next()).isInstanceOf(CacheCapacityException.class);
        assertThatThrownBy(() -> orders.decr(Long.MIN_VALUE)).isInstanceOf(CacheCapacityException.class);

        assertThat(orders.incrBatch(2)).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThatThrownBy(orders::incr).isInstanceOf(CacheCapacityException.class);
        assertThat(orders.incr(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void names_and_suffixes_are_counters_of_their_own() {
        needs(Capability.KEY_SCAN);
        orders.incr(1);
        orders.suffix("2026").incr(2);
        orders.suffix("a").suffix("b*").incr(3);
        service.counter("orders2").incr(4);
        service.counter("orders:2026").incr(5);
        service.counter("orders%3A2026").incr(6);
        service.counter("o[r]d*").suffix("x").incr(7);
        service.cache("orders", Long.class).increment("orders", 8);

        assertThat(orders.partitions())
                .containsExactly(new Partition(null, 1), new Partition("2026", 2), new Partition("b*", 3));
        assertThat(service.counter("orders:2026").partitions()).containsExactly(new Partition(null, 5));
        assertThat(service.counter("orders%3A2026").partitions()).containsExactly(new Partition(null, 6));
        assertThat(service.counter("o[r]d*").partitions()).containsExactly(new Partition("x", 7));
        assertThat(service.counter("none").partitions()).isEmpty();
        assertThat(orders.suffix("2026").name()).isEqualTo("orders");
        assertThatThrownBy(() -> orders.suffix("")).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> service.counter("a\nb")).isInstanceOf(CacheKeyException.class);
    }

    @Test
    void the_view_without_waiting_counts_the_same() {
        AsyncCounter async = service.async().counter("orders");

        assertThat(Together.outcome(async.incr().toCompletableFuture())).isEqualTo(1);
        assertThat(Together.outcome(async.incrBatch(2).toCompletableFuture())).containsExactly(2L, 3L);
        assertThat(Together.outcome(async.decr().toCompletableFuture())).isEqualTo(2);
        assertThat(Together.outcome(async.reset(9).toCompletableFuture())).isEqualTo(9);
        assertThat(orders.incr()).isEqualTo(10);
        assertThat(Together.outcome(async.suffix("s").incr().toCompletableFuture()))
                .isEqualTo(1);
        assertThat(orders.suffix("s").incr(0)).isEqualTo(1);
        assertThatThrownBy(() -> async.incrBatch(0).toCompletableFuture().join())
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void counters_live_for_ever_and_are_cleared_with_their_cache_only() {
        needs(Capability.KEY_SCAN);
        orders.incr(7);
        texts.put("k", "v");
        texts.clear();

        assertThat(service.find(CacheService.COUNTERS)).hasValueSatisfying(counters -> {
            assertThat(counters.exists("orders")).isTrue();
            assertThat(counters.ttl("orders")).isEmpty();
            assertThat(counters.clear()).isEqualTo(1);
        });
        assertThat(orders.incr()).isEqualTo(1);
    }

    @Test
    void blocks_of_several_nodes_and_threads_never_share_a_number() {
        List<Sequence> sequences = new ArrayList<>(List.of(orders.blocks(7), orders.blocks(1)));
        if (fixture.capabilities().contains(Capability.SHARED)) {
            Counter elsewhere = node(HERE).counter("orders");
            sequences.addAll(List.of(elsewhere.blocks(7), elsewhere.blocks(100)));
        }

        List<List<Long>> taken = Together.run(8, thread -> () -> {
            Sequence own = sequences.get(thread % sequences.size());
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                numbers.add(own.next());
            }
            return numbers;
        });

        Set<Long> distinct = new HashSet<>();
        taken.forEach(numbers -> {
            assertThat(numbers).isSorted();
            distinct.addAll(numbers);
        });
        assertThat(distinct).hasSize(2_000).allMatch(number -> number >= 1);
        assertThat(orders.incr(0)).isBetween(2_000L, 2_000L + 7 + 1 + 7 + 100);
    }

    @Test
    void what_is_left_of_a_block_is_a_gap() {
        Sequence first = orders.blocks(10);
        assertThat(first.next()).isEqualTo(1);
        assertThat(first.next()).isEqualTo(2);

        first.close();

        assertThatThrownBy(first::next).isInstanceOf(IllegalStateException.class);
        assertThat(orders.blocks(10).next()).isEqualTo(11);
        assertThat(orders.incr()).isEqualTo(21);
    }
}
