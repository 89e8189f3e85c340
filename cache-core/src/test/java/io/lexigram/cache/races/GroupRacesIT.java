package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.history.PlantedFault;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tags, namespaces and everything are invalidated on one node while another one reads, loads or puts what belongs to them. */
class GroupRacesIT extends Races {

    /** HybridCache stamps what became invalid while it was loaded with the present, and so keeps it. */
    @Test
    @CaughtBy(PlantedFault.STAMP_AFTER_LOAD)
    void a_tag_that_only_the_loader_knows_and_that_is_invalidated_while_it_runs_is_honoured() throws Exception {
        Gate loading = gate("loader");
        Future<String> load = begin(() -> here.cache().<RuntimeException>get(KEY, (LoadContext context) -> {
            context.tags(TAG);
            return loading.pass("old");
        }));
        loading.awaitArrival();

        there.cache().invalidateTags(TAG);
        loading.open();

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(here.stored(KEY)).isNull();
        assertThat(there.stored(KEY)).isNull();
    }

    @Test
    @CaughtBy(PlantedFault.STAMP_AFTER_LOAD)
    void a_tag_that_is_invalidated_while_an_asynchronous_loader_runs_is_honoured() throws Exception {
        Gate loading = gate("loader");
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> load = here.cache()
                .async()
                .get(
                        KEY,
                        context -> {
                            loading.arrive();
                            return source;
                        },
                        CallOptions.NONE.tags(TAG))
                .toCompletableFuture();
        loading.awaitArrival();

        there.cache().invalidateTags(TAG);
        source.complete("old");

        assertThat(outcome(load)).isEqualTo("old");
        assertThat(here.stored(KEY)).isNull();
        assertThat(there.stored(KEY)).isNull();
    }

    /** Consistency 5.1 and 5.16: all of a namespace goes while one of its keys is leased. */
    @Test
    @CaughtBy(PlantedFault.STAMP_AFTER_LOAD)
    void a_clear_elsewhere_while_a_loader_runs_is_not_undone_by_its_fill() throws Exception {
        List<Runnable> clears = List.of(
                () -> there.cache().clear(), () -> there.service().deleteNamespace(Node.CACHE), () -> there.service()
                        .clear());
        for (Runnable clear : clears) {
            Gate loading = gate("loader");
            Future<String> load = begin(() -> here.get(KEY, () -> loading.pass("old")));
            loading.awaitArrival();

            clear.run();
            loading.open();

            assertThat(outcome(load)).isEqualTo("old");
            assertThat(here.stored(KEY)).isNull();
            assertThat(there.stored(KEY)).isNull();
        }
    }

    /** Redisson #3966 for a group: what was read before the invalidation is judged by what is known behind the read. */
    @Test
    @CaughtBy(PlantedFault.MARKER_NOT_MOVED)
    void a_tag_invalidated_while_an_answer_is_under_way_hides_the_value_from_the_next_read() throws Exception {
        there.get(KEY, () -> "old", TAG);
        Gate answer = here.pauseAfter("get");
        Future<String> read = begin(() -> String.valueOf(here.stored(KEY)));
        answer.awaitArrival();
        Gate sweep = there.pauseBefore("removeTagged");
        Future<?> invalidation = begin(() -> there.cache().invalidateTags(TAG));
        sweep.awaitArrival();

        answer.open();
        outcome(read);

        assertThat(here.stored(KEY)).isNull();
        assertThat(elsewhere.stored(KEY)).isNull();
        sweep.open();
        outcome(invalidation);
    }

    /** Consistency 5.4: no removal tells the lease that the value under way will be invalid. */
    @Test
    @CaughtBy(PlantedFault.FLIGHT_JOINED_AFTER_INVALIDATION)
    void a_flight_from_before_the_invalidation_of_a_tag_elsewhere_is_not_joined_after_it() throws Exception {
        Gate loading = gate("loader");
        Future<String> before = begin(() -> here.get(KEY, () -> loading.pass("old"), TAG));
        loading.awaitArrival();

        there.cache().invalidateTags(TAG);
        Future<String> after = begin(() -> here.get(KEY, () -> "new", TAG));

        assertThat(outcome(after)).isEqualTo("new");
        loading.open();
        assertThat(outcome(before)).isEqualTo("old");
        assertThat(here.stored(KEY)).isEqualTo("new");
    }

    /** Consistency 5.17. */
    @Test
    @CaughtBy(PlantedFault.SWEEP_IGNORES_STAMP)
    void a_sweep_leaves_what_was_loaded_anew_since_its_invalidation() throws Exception {
        here.get(KEY, () -> "old", TAG);
        here.get("retagged", () -> "old", TAG);
        Gate sweep = there.pauseBefore("removeTagged");
        Future<?> invalidation = begin(() -> there.cache().invalidateTags(TAG));
        sweep.awaitArrival();

        assertThat(here.get(KEY, () -> "new", TAG)).isEqualTo("new");
        assertThat(here.get("retagged", () -> "new", "another")).isEqualTo("new");
        sweep.open();
        outcome(invalidation);

        assertThat(here.stored(KEY)).isEqualTo("new");
        assertThat(there.stored("retagged")).isEqualTo("new");
    }

    /** HybridCache stamps anew what is not the caller's; consistency 5.11, crossed puts. */
    @Test
    @CaughtBy(PlantedFault.RESTAMP_WHATEVER)
    void a_put_that_is_stamped_anew_does_not_bring_the_put_of_another_node_back() throws Exception {
        here.stored(KEY);
        there.cache().invalidateTags(TAG);
        Gate restamp = here.pauseBefore("restamp");
        Future<?> put = begin(() -> here.cache().put(KEY, "first", CallOptions.NONE.tags(TAG)));
        restamp.awaitArrival();

        there.cache().put(KEY, "second", CallOptions.NONE.tags(TAG));
        Gate sweep = there.pauseBefore("removeTagged");
        Future<?> invalidation = begin(() -> there.cache().invalidateTags(TAG));
        sweep.awaitArrival();
        restamp.open();
        outcome(put);

        assertThat(here.stored(KEY)).isNull();
        assertThat(elsewhere.stored(KEY)).isNull();
        sweep.open();
        outcome(invalidation);
    }

    /** Consistency 5.11: the put that comes first at the server is the last one to be answered. */
    @Test
    @CaughtBy(PlantedFault.MARKER_NOT_MOVED)
    void of_crossed_puts_the_last_one_stays_with_its_tags_whoever_is_answered_last() throws Exception {
        Gate answer = here.pauseAfter("set");
        Future<?> put = begin(() -> here.cache().put(KEY, "first", CallOptions.NONE.tags("another")));
        answer.awaitArrival();

        there.cache().put(KEY, "second", CallOptions.NONE.tags(TAG));
        answer.open();
        outcome(put);

        for (Node node : List.of(here, there, elsewhere)) {
            assertThat(node.stored(KEY)).isEqualTo("second");
        }
        here.cache().invalidateTags("another");
        assertThat(elsewhere.stored(KEY)).isEqualTo("second");
        here.cache().invalidateTags(TAG);
        for (Node node : List.of(here, there, elsewhere)) {
            assertThat(node.stored(KEY)).isNull();
        }
    }
}
