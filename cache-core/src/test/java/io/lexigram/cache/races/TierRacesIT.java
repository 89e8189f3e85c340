package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.history.PlantedFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Copies in memory meet changes of what they are copies of. No message is lost, so no heartbeat is needed. */
class TierRacesIT extends TieredRaces {

    private static final Duration SELDOM = Duration.ofMinutes(1);

    TierRacesIT() {
        super(SELDOM);
    }

    /** Consistency 5.2. */
    @Test
    @CaughtBy(PlantedFault.COPIED_AFTER_DROP)
    void an_answer_that_is_under_way_while_its_key_is_removed_elsewhere_is_not_copied() throws Exception {
        elsewhere.cache().put(KEY, "old");
        Gate answer = there.pauseAfter("get");
        Future<String> read = begin(() -> there.stored(KEY));
        answer.awaitArrival();

        here.cache().delete(KEY);
        there.wire().expectHeard(1);
        answer.open();

        assertThat(outcome(read)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
    }

    /** Consistency 5.2, with a load that finds the value when it asks for the lease. */
    @Test
    @CaughtBy(PlantedFault.COPIED_AFTER_DROP)
    void what_a_load_found_while_it_was_replaced_elsewhere_is_not_copied() throws Exception {
        elsewhere.cache().put(KEY, "old");
        Gate answer = there.pauseAfter("claim");
        Future<String> read = begin(() -> there.get(KEY, () -> "none"));
        answer.awaitArrival();

        here.cache().put(KEY, "new");
        there.wire().expectHeard(1);
        answer.open();

        assertThat(outcome(read)).isEqualTo("old");
        assertThat(there.stored(KEY)).isEqualTo("new");
    }

    /** Consistency 5.3. */
    @Test
    @CaughtBy(PlantedFault.WRITTEN_AFTER_DROP)
    void of_two_puts_that_cross_each_other_no_node_keeps_the_first() throws Exception {
        Gate acknowledged = here.pauseAfter("set");
        Future<?> put = begin(() -> here.cache().put(KEY, "first"));
        acknowledged.awaitArrival();

        there.cache().put(KEY, "second");
        here.wire().expectHeard(1);
        acknowledged.open();
        outcome(put);

        assertThat(here.stored(KEY)).isEqualTo("second");
        assertThat(there.stored(KEY)).isEqualTo("second");
    }

    /** Consistency 5.3, with a fill in the place of the first put. */
    @Test
    @CaughtBy(PlantedFault.WRITTEN_AFTER_DROP)
    void a_loaded_value_that_is_removed_elsewhere_before_its_loader_knows_that_it_is_stored_is_not_copied()
            throws Exception {
        Gate stored = there.pauseAfter("fill");
        Future<String> load = begin(() -> there.get(KEY, () -> "old"));
        stored.awaitArrival();

        here.cache().delete(KEY);
        there.wire().expectHeard(1);
        stored.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
    }

    /** Consistency 5.4: the message comes while the load goes on. */
    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_load_that_was_under_way_when_the_message_came_leaves_no_copy() throws Exception {
        Gate loading = gate("loader");
        Future<String> load = begin(() -> there.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        here.cache().delete(KEY);
        there.wire().expectHeard(1);
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
    }

    /** Consistency 5.4: the message comes when what it is about is copied. */
    @Test
    @CaughtBy(PlantedFault.PUTS_UNTOLD)
    void a_message_that_comes_late_ends_the_copy() {
        elsewhere.cache().put(KEY, "old");
        awaitCopy(there, KEY);
        there.wire().hold();

        here.cache().put(KEY, "new");
        there.wire().releaseWhatComes();

        assertThat(there.stored(KEY)).isEqualTo("new");
    }

    /** Consistency 5.4: a read between the two drops of a removal. */
    @Test
    @CaughtBy(PlantedFault.DROPPED_ONCE)
    void what_is_copied_while_the_shared_tier_removes_it_is_dropped_with_the_acknowledgement() throws Exception {
        here.cache().put(KEY, "old");
        Gate removing = here.pauseBefore("delete");
        Future<?> removal = begin(() -> here.cache().delete(KEY));
        removing.awaitArrival();

        awaitCopy(here, KEY);
        removing.open();
        outcome(removal);

        assertThat(here.stored(KEY)).isNull();
    }

    @Test
    @CaughtBy(PlantedFault.GROUPS_UNTOLD)
    void copies_end_with_the_groups_they_belong_to() {
        List<Runnable> invalidations = List.of(
                () -> here.cache().invalidateTags(TAG),
                () -> here.service().invalidateTags(TAG),
                () -> here.cache().deletePattern("k*"),
                () -> here.service().deleteNamespace(Node.CACHE),
                () -> here.cache().clear(),
                () -> here.service().clear());
        for (Runnable invalidation : invalidations) {
            elsewhere.cache().put(KEY, "old", CallOptions.NONE.tags(TAG));
            awaitCopy(there, KEY);

            invalidation.run();

            expectGone(there, KEY);
        }
    }
}
