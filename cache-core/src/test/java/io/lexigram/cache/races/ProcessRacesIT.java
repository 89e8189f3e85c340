package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.PlantedFault;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Those who load one key are JVMs of their own, which are stopped or killed. A lease lives five seconds. */
class ProcessRacesIT extends Races {

    private static final long LEASE_MILLIS = 5_000;

    private final AtomicInteger loads = new AtomicInteger();

    /** Consistency 5.9. */
    @Test
    @CaughtBy(PlantedFault.CLAIM_ALWAYS_GRANTED)
    void of_those_who_wait_for_a_process_that_was_killed_one_takes_over_when_its_lease_ends() throws Exception {
        means = Means.PATIENT;
        Node first = node();
        Node second = node();
        try (CallerProcess holder = process("old", true);
                Held held = new Held(prefix, fault)) {
            holder.awaitLoading();
            Gate loading = gate("loader");
            Future<String> one = waiter(first, loading);
            Future<String> other = waiter(second, loading);
            long dead = held.token();

            holder.kill();

            assertThat(dead).isNotZero();
            assertThat(held.millisLeft()).isLessThanOrEqualTo(LEASE_MILLIS);
            loading.expectArrival();
            assertThat(held.token()).as("a lease of its own").isNotIn(0L, dead);
            assertThat(held.fill(dead)).isFalse();
            loading.open();
            assertThat(outcome(one)).isEqualTo("new");
            assertThat(outcome(other)).isEqualTo("new");
            assertThat(loads).hasValue(1);
            assertThat(held.fill(dead)).isFalse();
            assertThat(elsewhere.stored(KEY)).isEqualTo("new");
        }
    }

    /** Consistency 5.8. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_process_that_stood_still_until_its_lease_was_taken_over_stores_nothing_when_it_goes_on() throws Exception {
        means = Means.PATIENT;
        Node waiting = node();
        try (CallerProcess holder = process("old", true)) {
            holder.awaitLoading();
            Gate loading = gate("loader");
            Future<String> waiter = waiter(waiting, loading);

            holder.pause();
            loading.awaitArrival();
            loading.open();
            assertThat(outcome(waiter)).isEqualTo("new");
            holder.resume();
            holder.load();

            assertThat(holder.outcome()).isEqualTo("old");
            assertThat(here.stored(KEY)).isEqualTo("new");
        }
    }

    /** Consistency 5.9: no convoy. */
    @Test
    @CaughtBy(PlantedFault.RELEASE_AS_STORED)
    void processes_that_waited_for_what_is_not_stored_load_side_by_side() throws Exception {
        try (CallerProcess holder = process("value", false)) {
            holder.awaitLoading();
            try (CallerProcess one = process("its own", false);
                    CallerProcess other = process("its own", false)) {
                one.awaitWaiting();
                other.awaitWaiting();
                awaitSubscribers(3);

                holder.load();

                assertThat(holder.outcome()).isEqualTo("value");
                one.expectLoading();
                other.expectLoading();
                one.load();
                other.load();
                assertThat(one.outcome()).isEqualTo("its own");
                assertThat(other.outcome()).isEqualTo("its own");
            }
        }
        assertThat(here.stored(KEY)).isNull();
    }

    /** One who is noted under the lease of another. */
    private Future<String> waiter(Node node, Gate loading) throws Exception {
        Gate noted = node.pauseAfter("announceWaiter");
        Future<String> waiter = begin(() -> node.get(KEY, () -> {
            loads.incrementAndGet();
            return loading.pass("new");
        }));
        noted.expectArrival();
        noted.open();
        return waiter;
    }

    private CallerProcess process(String value, boolean stored) throws Exception {
        return CallerProcess.start(prefix, fault, patience(), value, stored);
    }
}
