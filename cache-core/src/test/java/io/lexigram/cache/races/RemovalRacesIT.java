package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.PlantedFault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Keys are removed, or put, on one node while another one reads or loads them. */
class RemovalRacesIT extends Races {

    /** FusionCache #625; redisson #3966; the delete of the Facebook lease paper, which takes the lease. */
    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_removal_elsewhere_while_a_loader_runs_is_not_undone_by_its_fill() throws Exception {
        Gate loading = gate("loader");
        Future<String> load = begin(() -> here.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        there.cache().delete(KEY);
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
    }

    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_removal_elsewhere_while_an_asynchronous_loader_runs_is_not_undone_by_its_fill() throws Exception {
        Gate loading = gate("loader");
        Future<String> load = begin(() -> here.cache()
                .async()
                .get(KEY, context -> CompletableFuture.supplyAsync(() -> loading.pass("old"), threads))
                .toCompletableFuture()
                .join());
        loading.awaitArrival();

        there.cache().delete(KEY);
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(there.stored(KEY)).isNull();
    }

    @Test
    @CaughtBy(PlantedFault.NO_FENCE)
    void a_removal_elsewhere_while_a_batch_is_loaded_is_not_undone_by_its_fill() throws Exception {
        Gate loading = gate("loader");
        Future<Map<String, String>> load = begin(() -> here.cache()
                .getAll(List.of(KEY, "other"), missing -> loading.pass(Map.of(KEY, "old", "other", "value"))));
        loading.awaitArrival();

        there.cache().delete(KEY);
        loading.open();

        assertThat(outcome(load)).containsEntry(KEY, "old");
        assertThat(there.stored(KEY)).isNull();
        assertThat(there.stored("other")).isEqualTo("value");
    }

    /** A lease names its key by where it is, so that a scan for entries does not find it. */
    @Test
    @CaughtBy(PlantedFault.PATTERN_LEAVES_LEASES)
    void a_pattern_removed_elsewhere_while_a_loader_runs_is_not_undone_by_its_fill() throws Exception {
        List<Runnable> removals = List.of(
                () -> there.cache().deletePattern("k*"), () -> there.service().deletePattern(Node.CACHE + ":k*"));
        for (String key : List.of(KEY, KEY.repeat(600))) {
            for (Runnable removal : removals) {
                Gate loading = gate("loader");
                Future<String> load = begin(() -> here.get(key, () -> loading.pass("old")));
                loading.awaitArrival();

                removal.run();
                loading.open();

                assertThat(outcome(load)).isEqualTo("old");
                assertThat(there.stored(key)).isNull();
            }
        }
    }

    /** The Facebook lease paper, stale sets; the canonical race of "Cache made consistent". */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_late_fill_does_not_overwrite_what_was_loaded_after_the_removal() throws Exception {
        Gate loading = gate("loader");
        Future<String> late = begin(() -> here.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        there.cache().delete(KEY);
        assertThat(there.get(KEY, () -> "new")).isEqualTo("new");
        loading.open();

        assertThat(outcome(late)).isEqualTo("old");
        assertThat(List.of(here.get(KEY, () -> "none"), there.get(KEY, () -> "none")))
                .containsOnly("new");
    }

    /** redisson #3978: an update that meets a read; consistency 5.11. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_put_elsewhere_while_a_loader_runs_stays() throws Exception {
        Gate loading = gate("loader");
        Future<String> load = begin(() -> here.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        there.cache().put(KEY, "new");
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }

    /** redisson #3966: the read is in flight while the invalidation arrives; consistency 5.2. */
    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void an_answer_that_is_under_way_while_its_key_is_removed_is_of_no_use_afterwards() throws Exception {
        there.cache().put(KEY, "old");
        Gate answer = here.pauseAfter("claim");
        Future<String> read = begin(() -> here.get(KEY, () -> "none"));
        answer.awaitArrival();

        there.cache().delete(KEY);
        answer.open();

        assertThat(outcome(read)).isEqualTo("old");
        assertThat(here.stored(KEY)).isNull();
    }

    /** FusionCache #613: an expiry of two steps, and a reader between them. */
    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void a_reader_between_the_two_halves_of_a_removal_does_not_bring_the_old_value_back() throws Exception {
        here.cache().put(KEY, "old");
        Gate removing = here.pauseBefore("delete");
        Future<?> removal = begin(() -> here.cache().delete(KEY));
        removing.awaitArrival();

        assertThat(here.get(KEY, () -> "none")).isEqualTo("old");
        removing.open();
        outcome(removal);

        assertThat(here.stored(KEY)).isNull();
        assertThat(there.stored(KEY)).isNull();
    }

    /** FusionCache #613, with a load in the place of the reader; consistency 5.4. */
    @Test
    @CaughtBy(PlantedFault.DELETE_LEAVES_LEASE)
    void a_load_that_began_between_the_two_halves_of_a_removal_stores_nothing() throws Exception {
        Gate removing = here.pauseBefore("delete");
        Future<?> removal = begin(() -> here.cache().delete(KEY));
        removing.awaitArrival();
        for (Node node : List.of(here, there)) {
            Gate loading = gate("loader");
            Future<String> load = begin(() -> node.get(KEY, () -> loading.pass("old")));
            loading.awaitArrival();
            removing.open();
            outcome(removal);

            loading.open();

            assertThat(outcome(load)).isEqualTo("old");
            assertThat(node.stored(KEY)).isNull();
            removing = here.pauseBefore("delete");
            removal = begin(() -> here.cache().delete(KEY));
            removing.awaitArrival();
        }
    }

    /** Consistency 5.4: the removal comes before the flight is known. */
    @Test
    @CaughtBy(PlantedFault.FILL_WITHOUT_COMPARE)
    void a_lease_that_was_voided_between_its_grant_and_its_load_stores_nothing() throws Exception {
        Gate grant = here.pauseAfter("claim");
        Future<String> load = begin(() -> here.get(KEY, () -> "late"));
        grant.awaitArrival();

        there.cache().delete(KEY);
        assertThat(there.get(KEY, () -> "new")).isEqualTo("new");
        grant.open();

        assertThat(outcome(load)).isEqualTo("late");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }

    /** Consistency 5.1 and 5.4: callers of one process share a flight, but not beyond what another process did. */
    @Test
    @CaughtBy(PlantedFault.DELETE_LEAVES_LEASE)
    void a_flight_from_before_a_removal_elsewhere_is_not_joined_after_it() throws Exception {
        Gate loading = gate("loader");
        Future<String> before = begin(() -> here.get(KEY, () -> loading.pass("old")));
        loading.awaitArrival();

        there.cache().delete(KEY);
        Future<String> after = begin(() -> here.get(KEY, () -> "new"));

        assertThat(outcome(after)).isEqualTo("new");
        loading.open();
        assertThat(outcome(before)).isEqualTo("old");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }
}
