package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.LoadContext;
import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.service.Protection;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several nodes want to load one key. */
class LeaseRacesIT extends Races {

    /** The Facebook lease paper, thundering herds. */
    @Test
    @CaughtBy(PlantedFault.CLAIM_ALWAYS_GRANTED)
    void of_the_nodes_that_miss_a_key_one_loads_it_and_the_others_get_its_value() throws Exception {
        Gate loading = gate("loader");
        Future<String> leader = begin(() -> here.get(KEY, () -> loading.pass("value")));
        loading.awaitArrival();
        Gate waiting = there.pauseAfter("announceWaiter");
        Future<String> waiter = begin(() -> there.get(KEY, () -> "loaded twice"));
        waiting.expectArrival();

        waiting.open();
        loading.open();

        assertThat(outcome(leader)).isEqualTo("value");
        assertThat(outcome(waiter)).isEqualTo("value");
    }

    /** FusionCache #651: each node loads anew what all of them have found outdated. */
    @Test
    @CaughtBy(PlantedFault.TAKE_OVER_OF_LIVE_LEASE)
    void nodes_that_find_the_same_outdated_value_share_one_load() throws Exception {
        Gate sweep = elsewhere.pauseBefore("removeTagged");
        elsewhere.get(KEY, () -> "old", TAG);
        Future<?> invalidation = begin(() -> elsewhere.cache().invalidateTags(TAG));
        sweep.awaitArrival();
        Gate loading = gate("loader");
        Future<String> leader = begin(() -> here.get(KEY, () -> loading.pass("new"), TAG));
        loading.awaitArrival();
        Gate waiting = there.pauseAfter("announceWaiter");
        Future<String> waiter = begin(() -> there.get(KEY, () -> "loaded twice", TAG));
        waiting.expectArrival();

        waiting.open();
        loading.open();

        assertThat(outcome(leader)).isEqualTo("new");
        assertThat(outcome(waiter)).isEqualTo("new");
        sweep.open();
        outcome(invalidation);
    }

    /** FusionCache #648: what may be served past its life where a load fails or lasts is judged by its groups all the same. */
    @Test
    @CaughtBy(PlantedFault.MARKER_NOT_MOVED)
    void a_value_that_was_invalidated_is_not_served_in_place_of_a_load_that_lasts() throws Exception {
        means = Means.of(
                Protection.DEFAULT.maxWait(Duration.ofMillis(100)).onWaitTimeout(Protection.OnWaitTimeout.STALE));
        Node impatient = node();
        Gate sweep = elsewhere.pauseBefore("removeTagged");
        elsewhere.get(KEY, () -> "old", TAG);
        Future<?> invalidation = begin(() -> elsewhere.cache().invalidateTags(TAG));
        sweep.awaitArrival();
        Gate loading = gate("loader");
        Future<String> leader = begin(() -> here.get(KEY, () -> loading.pass("new"), TAG));
        loading.expectArrival();

        assertThat(impatient.get(KEY, () -> "its own", TAG)).isEqualTo("its own");

        loading.open();
        assertThat(outcome(leader)).isEqualTo("new");
        sweep.open();
        outcome(invalidation);
    }

    /** Consistency 5.8: its process was stopped. The server forgets a lease as it forgets all else that has ended. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_holder_whose_lease_has_ended_stores_nothing_after_the_takeover() throws Exception {
        Gate loading = gate("loader");
        Future<String> stopped = begin(() -> here.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        flush();
        assertThat(there.get(KEY, () -> "new")).isEqualTo("new");
        loading.open();

        assertThat(outcome(stopped)).isEqualTo("old");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }

    /** Consistency 5.8: the removal meets the load of one who has taken the lease over. */
    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_removal_during_the_load_after_a_takeover_is_not_undone_by_its_fill() throws Exception {
        Gate sweep = elsewhere.pauseBefore("removeTagged");
        elsewhere.get(KEY, () -> "older", TAG);
        Future<?> invalidation = begin(() -> elsewhere.cache().invalidateTags(TAG));
        sweep.awaitArrival();
        Gate taking = here.pauseAfter("takeOver");
        Gate loading = gate("loader");
        Future<String> load = begin(() -> here.get(KEY, () -> loading.pass("old"), TAG));
        taking.awaitArrival();
        taking.open();
        loading.awaitArrival();

        there.cache().delete(KEY);
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
        sweep.open();
        outcome(invalidation);
    }

    /** Consistency 5.8, the other way round. */
    @Test
    @CaughtBy(PlantedFault.TAKE_OVER_OF_LIVE_LEASE)
    void a_takeover_that_comes_too_late_takes_no_lease_from_who_loads_meanwhile() throws Exception {
        Gate sweep = elsewhere.pauseBefore("removeTagged");
        elsewhere.get(KEY, () -> "older", TAG);
        Future<?> invalidation = begin(() -> elsewhere.cache().invalidateTags(TAG));
        sweep.awaitArrival();
        Gate taking = here.pauseBefore("takeOver");
        Future<String> late = begin(() -> here.get(KEY, () -> "loaded twice", TAG));
        taking.awaitArrival();
        Gate loading = gate("loader");
        Future<String> load = begin(() -> there.get(KEY, () -> loading.pass("new"), TAG));
        loading.awaitArrival();
        Gate waiting = here.pauseAfter("announceWaiter");

        taking.open();
        waiting.expectArrival();
        waiting.open();
        loading.open();

        assertThat(outcome(load)).isEqualTo("new");
        assertThat(outcome(late)).isEqualTo("new");
        sweep.open();
        outcome(invalidation);
    }

    /** Consistency 5.10: the fill sees nobody to wake. */
    @Test
    @CaughtBy(PlantedFault.WAITER_NOTED_TOO_LATE)
    void a_fill_between_the_claim_of_a_waiter_and_its_announcement_ends_its_wait() throws Exception {
        Gate loading = gate("loader");
        Future<String> leader = begin(() -> here.get(KEY, () -> loading.pass("value")));
        loading.awaitArrival();
        Gate announcing = there.pauseBefore("announceWaiter");
        Future<String> waiter = begin(() -> there.get(KEY, () -> "loaded twice"));
        announcing.awaitArrival();

        loading.open();
        assertThat(outcome(leader)).isEqualTo("value");
        announcing.open();

        assertThat(outcome(waiter)).isEqualTo("value");
    }

    /** Consistency 5.9: where nothing is stored, those who wait would load one after the other. */
    @Test
    @CaughtBy(PlantedFault.RELEASE_AS_STORED)
    void those_who_waited_for_what_is_not_stored_load_side_by_side() throws Exception {
        Gate loading = gate("loader");
        Future<String> leader = begin(() -> here.cache().<RuntimeException>get(KEY, (LoadContext context) -> {
            context.doNotStore();
            return loading.pass("value");
        }));
        loading.awaitArrival();
        Gate first = gate("loader there");
        Gate second = gate("loader elsewhere");
        Future<String> one = waiter(there, first);
        Future<String> other = waiter(elsewhere, second);
        awaitSubscribers(3);

        loading.open();

        assertThat(outcome(leader)).isEqualTo("value");
        first.expectArrival();
        second.expectArrival();
        first.open();
        second.open();
        outcome(one);
        outcome(other);
    }

    /** One who is noted and then hears of the end by message alone. */
    private Future<String> waiter(Node node, Gate loader) throws Exception {
        Gate noted = node.pauseAfter("announceWaiter");
        node.pauseAfter("announceWaiter");
        Future<String> waiter = begin(() -> node.get(KEY, () -> loader.pass("value")));
        noted.awaitArrival();
        noted.open();
        return waiter;
    }
}
