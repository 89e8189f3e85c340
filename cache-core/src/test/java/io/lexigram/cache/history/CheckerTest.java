package io.lexigram.cache.history;

import static io.lexigram.cache.history.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.Operation.Load.Kind;
import io.lexigram.cache.history.Operation.Load.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckerTest {

    private static final String STALE = NoStaleRead.NAME;
    private static final String TWICE = OneLoad.NAME;
    private static final String BACK = MonotonicReads.NAME;
    private static final String DISHONEST = HonestReads.NAME;

    static Stream<Scope> scopesThatCoverTheKey() {
        return Stream.of(
                Scope.key(Story.PLACE),
                new Scope(Scope.Kind.BEGINNING, "cache", "k"),
                new Scope(Scope.Kind.TAG, "cache", "tag"),
                new Scope(Scope.Kind.TAG, "", "tag"),
                new Scope(Scope.Kind.ALL, "cache", ""),
                new Scope(Scope.Kind.ALL, "", ""));
    }

    static Stream<Scope> scopesThatDoNot() {
        return Stream.of(
                Scope.key(new Place("cache", "other")),
                Scope.key(new Place("other", "key")),
                new Scope(Scope.Kind.BEGINNING, "cache", "o"),
                new Scope(Scope.Kind.TAG, "cache", "another"),
                new Scope(Scope.Kind.TAG, "other", "tag"),
                new Scope(Scope.Kind.ALL, "other", ""));
    }

    @Test
    void a_value_that_is_read_until_it_is_invalidated_is_fine() {
        assertThat(story().loads(1, 1, 0, 10)
                        .reads(1, 1, 0, 11)
                        .reads(1, 1, 12, 13)
                        .deletes(20, 30)
                        .loads(2, 2, 31, 40)
                        .reads(2, 2, 31, 41)
                        .broken())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scopesThatCoverTheKey")
    void a_value_loaded_before_the_call_is_stale_to_a_read_after_the_return(Scope scope) {
        assertThat(story().loads(1, 1, 0, 10)
                        .invalidates(scope, 5, 20)
                        .reads(1, 1, 21, 22)
                        .broken())
                .containsExactly(STALE);
    }

    @ParameterizedTest
    @MethodSource("scopesThatDoNot")
    void an_invalidation_of_something_else_makes_nothing_stale(Scope scope) {
        assertThat(story().loads(1, 1, 0, 10)
                        .invalidates(scope, 5, 20)
                        .reads(1, 1, 21, 22)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_read_that_begins_before_the_return_may_answer_either() {
        assertThat(story().loads(1, 1, 0, 10).deletes(5, 20).reads(1, 1, 20, 22).broken())
                .isEmpty();
    }

    @Test
    void a_value_whose_load_began_after_the_call_may_be_read() {
        assertThat(story().deletes(5, 20).loads(1, 1, 6, 10).reads(1, 1, 21, 22).broken())
                .isEmpty();
    }

    @Test
    void an_invalidation_that_never_returned_promises_nothing() {
        assertThat(story().loads(1, 1, 0, 10)
                        .deletes(5, Operation.NEVER)
                        .reads(1, 1, 21, 22)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_short_invalidation_within_a_long_one_counts() {
        assertThat(story().loads(1, 1, 0, 3)
                        .deletes(4, 100)
                        .deletes(5, 6)
                        .deletes(7, 200)
                        .reads(1, 1, 8, 9)
                        .broken())
                .containsExactly(STALE);
    }

    @Test
    void a_put_that_overlaps_an_invalidation_may_come_after_it() {
        assertThat(story().puts(1, 1, 0, 10).deletes(5, 8).reads(1, 1, 21, 22).broken())
                .isEmpty();
    }

    @Test
    void a_put_that_returned_before_an_invalidation_is_gone_after_it() {
        assertThat(story().puts(1, 1, 0, 4).deletes(5, 8).reads(1, 1, 21, 22).broken())
                .containsExactly(STALE);
    }

    @Test
    void a_load_that_began_before_a_put_is_stale_after_it() {
        assertThat(story().loads(1, 1, 0, 10)
                        .puts(2, 1, 5, 8)
                        .reads(1, 1, 21, 22)
                        .broken())
                .containsExactly(STALE);
    }

    @Test
    void two_loads_at_once_are_one_too_many() {
        assertThat(story().loads(1, 1, 0, 10).loads(2, 1, 9, 20).broken()).containsExactly(TWICE);
    }

    @Test
    void loads_one_after_the_other_are_fine() {
        assertThat(story().loads(1, 1, 0, 10).loads(2, 1, 10, 20).broken()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scopesThatCoverTheKey")
    void an_invalidation_between_two_loads_excuses_them(Scope scope) {
        assertThat(story().loads(1, 1, 0, 10)
                        .invalidates(scope, 5, 6)
                        .loads(2, 1, 9, 20)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_tag_excuses_loads_whose_tags_are_not_known_yet() {
        assertThat(story().loads(1, 1, 0, 10)
                        .invalidates(new Scope(Scope.Kind.TAG, "cache", "another"), 5, 6)
                        .loads(2, 1, 9, 20)
                        .broken())
                .isEmpty();
    }

    @Test
    void an_invalidation_that_may_have_taken_effect_between_two_leases_excuses_them() {
        assertThat(story().deletes(-8, -4)
                        .loads(1, 1, Kind.SINGLE, Outcome.LOADED, -5, 0, 10)
                        .loads(2, 1, 9, 20)
                        .broken())
                .isEmpty();
    }

    @Test
    void an_invalidation_that_ended_before_both_were_asked_for_excuses_nothing() {
        assertThat(story().deletes(-8, -6)
                        .loads(1, 1, Kind.SINGLE, Outcome.LOADED, -5, 0, 10)
                        .loads(2, 1, 9, 20)
                        .deletes(10, 12)
                        .broken())
                .containsExactly(TWICE);
    }

    @Test
    void those_who_waited_for_what_is_not_stored_load_without_queueing() {
        assertThat(story().loads(1, 1, Kind.SINGLE, Outcome.NOT_STORED, 0, 0, 10)
                        .loads(2, 1, Kind.SINGLE, Outcome.LOADED, 5, 11, 20)
                        .loads(3, 1, Kind.SINGLE, Outcome.LOADED, 6, 12, 20)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_failed_load_excuses_no_two_others_at_once() {
        assertThat(story().loads(1, 1, Kind.SINGLE, Outcome.FAILED, 0, 0, 10)
                        .loads(2, 1, 11, 20)
                        .loads(3, 1, 12, 20)
                        .broken())
                .containsExactly(TWICE);
    }

    @Test
    void a_process_that_read_a_version_reads_no_older_one() {
        assertThat(story().puts(1, 1, 0, 1)
                        .puts(2, 2, 0, 1)
                        .reads(2, 2, 3, 4)
                        .reads(1, 1, 5, 6)
                        .broken())
                .containsExactly(BACK);
    }

    @Test
    void reads_that_overlap_or_belong_to_different_processes_may_differ() {
        assertThat(story().puts(1, 1, 0, 1)
                        .puts(2, 2, 0, 1)
                        .reads(0, 2, 2, 3, 5)
                        .reads(0, 1, 1, 4, 6)
                        .reads(1, 1, 1, 8, 9)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_batch_does_not_load_what_somebody_loads() {
        assertThat(story().loads(1, 1, 0, 10)
                        .loads(2, 1, Kind.BATCH, Outcome.LOADED, 5, 5, 8)
                        .broken())
                .containsExactly(TWICE);
    }

    @Test
    void a_reservation_that_loads_beside_a_slower_load_may_be_overtaken_by_it() {
        assertThat(story().loads(1, 1, 0, 10)
                        .loads(2, 2, Kind.RESERVED, Outcome.LOADED, 5, 5, 8)
                        .reads(2, 2, 5, 9)
                        .reads(1, 1, 11, 12)
                        .broken())
                .isEmpty();
    }

    @Test
    void a_read_answers_nothing_or_what_was_made_for_its_key() {
        assertThat(story().reads(0, null, null, 1, 2).broken()).isEmpty();
        assertThat(story().reads(7, 1, 1, 2).broken()).containsExactly(DISHONEST);
        assertThat(story().loads(1, 1, 0, 1)
                        .reads(0, new Stamped("cache", "other", 1, 1), null, 2, 3)
                        .broken())
                .containsExactly(DISHONEST);
        assertThat(story().loads(1, 1, 0, 1).reads(1, 2, 2, 3).broken()).containsExactly(DISHONEST);
    }

    @Test
    void a_read_that_throws_is_told() {
        assertThat(story().reads(0, null, "boom", 1, 2).broken()).containsExactly(HonestReads.THROWS);
    }

    @Test
    void a_process_may_read_its_copy_of_what_another_one_invalidated_for_the_grace_and_no_longer() {
        assertThat(brokenWithGrace(story().loads(1, 1, 0, 3).deletes(5, 10).reads(1, 1, 1, 110, 111)))
                .isEmpty();
        assertThat(brokenWithGrace(story().loads(1, 1, 0, 3)
                        .deletes(5, 10)
                        .reads(1, null, null, 100, 101)
                        .reads(1, 1, 1, 111, 112)))
                .containsExactly(STALE);
    }

    @Test
    void a_process_that_invalidated_has_no_grace() {
        assertThat(brokenWithGrace(story().loads(1, 1, 0, 3).deletes(5, 10).reads(0, 1, 1, 11, 12)))
                .containsExactly(STALE);
    }

    @Test
    void a_process_may_go_back_to_its_copy_for_the_grace_and_no_longer() {
        assertThat(brokenWithGrace(story().puts(1, 1, 0, 1)
                        .puts(2, 2, 0, 1)
                        .reads(1, 2, 2, 3, 4)
                        .reads(1, 1, 1, 104, 105)))
                .isEmpty();
        assertThat(brokenWithGrace(story().puts(1, 1, 0, 1)
                        .puts(2, 2, 0, 1)
                        .reads(1, 2, 2, 3, 4)
                        .reads(1, 1, 1, 105, 106)))
                .containsExactly(BACK);
    }

    private static List<String> brokenWithGrace(Story story) {
        return Checker.check(story.history(), Duration.ofNanos(100), Outage.NONE).stream()
                .map(Violation::rule)
                .toList();
    }

    @Test
    void a_violation_tells_the_operations_that_prove_it_in_their_order() {
        History history = story().loads(1, 4, 1_000_000, 9_000_000)
                .deletes(2_000_000, 3_000_000)
                .reads(1, 4, 5_000_000, 11_000_000)
                .history();

        assertThat(Checker.check(history).get(0).toString().lines().map(String::strip))
                .containsExactly(
                        "G1 no stale read: a read answered what was loaded before a put or invalidation of cache:key"
                                + " that had returned before the read began",
                        "0.000 ms  0/0/0 loads cache:key (SINGLE), origin 1",
                        "1.000 ms  0/0/1 invalidates cache:key",
                        "2.000 ms  0/0/1 invalidates cache:key -> done",
                        "4.000 ms  0/0/2 reads cache:key by get",
                        "8.000 ms  0/0/0 loads cache:key (SINGLE), origin 1 -> v4, LOADED",
                        "10.000 ms  0/0/2 reads cache:key by get -> v4 of origin 1");
    }
}
