package io.lexigram.cache.invalidate;

import static io.lexigram.cache.invalidate.Validity.INVALID;
import static io.lexigram.cache.invalidate.Validity.UNKNOWN;
import static io.lexigram.cache.invalidate.Validity.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.testing.HeapGenerations;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenerationViewTest {

    private static final Set<String> NO_TAGS = Set.of();

    private final Random random = new Random(1);
    private final HeapGenerations server = new HeapGenerations();
    private final GenerationView node = view(server, 1_000);
    private final GenerationView other = view(server, 1_000);

    @Test
    void the_first_question_creates_the_clock_and_others_join_it() {
        long first = get(node.now());

        assertThat(get(other.now())).isEqualTo(first);
        assertThat(Stamp.incarnation(first)).isPositive();
    }

    @Test
    void
            where_the_server_may_have_an_old_copy_nothing_is_valid_that_was_stored_before_although_the_clock_looks_sound() {
        long loaded = get(node.now());
        get(other.now());

        node.doubt();
        other.doubt();

        long anew = get(node.now());
        assertThat(Stamp.incarnation(anew)).isNotEqualTo(Stamp.incarnation(loaded));
        assertThat(get(other.now())).isEqualTo(anew);
        assertThat(node.check(loaded, "ns", NO_TAGS)).isEqualTo(INVALID);
        assertThat(other.check(loaded, "ns", NO_TAGS)).isEqualTo(INVALID);
        assertThat(get(node.now())).isEqualTo(anew);
    }

    @Test
    void a_node_that_knows_nothing_yet_has_nothing_to_doubt() {
        long loaded = get(node.now());

        other.doubt();

        assertThat(get(other.now())).isEqualTo(loaded);
        assertThat(get(other.now())).isEqualTo(loaded);
    }

    @Test
    void nothing_is_known_before_the_first_question() {
        assertThat(node.check(Stamp.of(1, 1), "ns", NO_TAGS)).isEqualTo(UNKNOWN);
        assertThat(node.quietSince(Stamp.of(1, 1), "ns")).isFalse();
    }

    @Test
    void an_unchanged_clock_is_asked_for_once_and_nothing_else() {
        get(node.now());
        server.calls();

        get(node.now());

        assertThat(server.calls()).containsExactly("clock");
    }

    @Test
    void an_invalidation_hits_its_group_on_every_node_and_no_other_entry() {
        get(other.now());
        long before = get(node.now());
        for (Group group :
                List.of(Group.namespace("ns"), Group.tag("ns", "t"), Group.tagEverywhere("t"), Group.all())) {
            long loaded = get(node.now());

            long stamp = get(node.invalidate(List.of(group)));
            get(other.now());

            for (GenerationView view : List.of(node, other)) {
                assertThat(view.check(loaded, "ns", Set.of("t", "u"))).isEqualTo(INVALID);
                boolean all = group.kind() == Group.Kind.ALL;
                assertThat(view.check(loaded, "x", Set.of("u"))).isEqualTo(all ? INVALID : VALID);
                assertThat(view.check(loaded, "x", Set.of("t")))
                        .isEqualTo(all || group.kind() == Group.Kind.TAG_EVERYWHERE ? INVALID : VALID);
                assertThat(view.check(loaded, "ns", Set.of("u")))
                        .isEqualTo(all || group.kind() == Group.Kind.NAMESPACE ? INVALID : VALID);
            }
            get(node.now());
            assertThat(node.check(stamp, "ns", Set.of("t"))).isEqualTo(VALID);
        }
        assertThat(node.check(before, "anything", NO_TAGS)).isEqualTo(INVALID);
    }

    @Test
    void what_this_node_invalidated_is_invalid_here_when_the_call_returns() {
        long loaded = get(node.now());

        get(node.invalidate(List.of(Group.tag("ns", "t"))));

        assertThat(node.check(loaded, "ns", Set.of("t"))).isEqualTo(INVALID);
        assertThat(node.quietSince(loaded, "ns")).isFalse();
    }

    @Test
    void a_view_never_claims_to_know_ticks_that_lie_between_its_own_and_what_it_has_seen() {
        long loaded = get(node.now());
        get(other.invalidate(List.of(Group.tag("ns", "theirs"))));

        long mine = get(node.invalidate(List.of(Group.tag("ns", "mine"))));

        assertThat(node.check(mine, "ns", Set.of("theirs"))).isEqualTo(UNKNOWN);
        get(node.now());
        assertThat(node.check(loaded, "ns", Set.of("theirs"))).isEqualTo(INVALID);
    }

    /** Interleaving 5: the sixth tick is known here before the fifth. */
    @Test
    void of_two_invalidations_whose_answers_come_reversed_none_is_missed() {
        long loaded = get(node.now());
        get(other.now());
        server.hold();
        CompletionStage<Long> fifth = other.invalidate(List.of(Group.tag("ns", "five")));
        CompletionStage<Long> sixth = node.invalidate(List.of(Group.tag("ns", "six")));
        CompletionStage<Long> now = node.now();
        assertThat(node.check(loaded, "ns", Set.of("five"))).isEqualTo(VALID);

        server.answer();

        assertThat(get(now)).isEqualTo(get(sixth));
        assertThat(get(fifth)).isLessThan(get(sixth));
        assertThat(node.check(loaded, "ns", Set.of("five"))).isEqualTo(INVALID);
        assertThat(node.check(loaded, "ns", Set.of("six"))).isEqualTo(INVALID);
        assertThat(node.check(get(sixth), "ns", Set.of("five", "six"))).isEqualTo(VALID);
    }

    @Test
    void a_clock_that_was_overtaken_by_a_later_one_is_no_clock_set_back() {
        get(node.now());
        server.hold();
        CompletionStage<Long> early = node.now();
        CompletionStage<Long> unused = other.invalidate(List.of(Group.all()));
        CompletionStage<Long> late = node.now();

        server.answer();

        assertThat(get(early)).isLessThanOrEqualTo(get(late));
        assertThat(server.calls()).doesNotContain("restart");
    }

    @Test
    void questions_that_come_together_are_answered_with_one_look_at_the_log() {
        get(node.now());
        get(other.invalidate(List.of(Group.all())));
        server.calls();
        server.hold();
        List<CompletionStage<Long>> all =
                IntStream.range(0, 100).mapToObj(i -> node.now()).toList();
        server.answer();

        all.forEach(GenerationViewTest::get);
        assertThat(server.calls().stream().filter("changesSince"::equals)).hasSizeLessThanOrEqualTo(2);
    }

    /** Interleaving 6. */
    @Test
    void a_lost_clock_starts_anew_and_nothing_is_valid_that_was_stored_before() {
        long loaded = get(node.now());
        get(other.now());

        server.lose();

        long anew = get(node.now());
        assertThat(get(other.now())).isEqualTo(anew);
        for (GenerationView view : List.of(node, other)) {
            assertThat(view.check(loaded, "ns", NO_TAGS)).isEqualTo(INVALID);
            assertThat(view.quietSince(loaded, "ns")).isFalse();
            assertThat(view.check(anew, "ns", NO_TAGS)).isEqualTo(VALID);
        }
    }

    @Test
    void a_clock_behind_what_was_seen_starts_anew_and_all_nodes_agree_on_it() {
        get(node.now());
        Runnable goBack = server.copy();
        get(node.invalidate(List.of(Group.all())));
        long lost = get(node.now());
        get(other.now());

        goBack.run();

        server.hold();
        CompletionStage<Long> first = node.now();
        CompletionStage<Long> second = other.now();
        server.answer();
        assertThat(get(first)).isEqualTo(get(second));
        assertThat(Stamp.incarnation(get(first))).isNotEqualTo(Stamp.incarnation(lost));
        assertThat(node.check(lost, "ns", NO_TAGS)).isEqualTo(INVALID);
        assertThat(other.check(lost, "ns", NO_TAGS)).isEqualTo(INVALID);
    }

    @Test
    void a_tick_that_was_lost_and_taken_by_another_group_is_found_out() {
        get(node.now());
        Runnable goBack = server.copy();
        get(node.invalidate(List.of(Group.tag("ns", "lost"))));
        long lost = get(node.now());

        for (int ticks = 1; ticks <= 3; ticks++) {
            goBack.run();
            GenerationView fresh = view(server, 10);
            for (int i = 0; i < ticks; i++) {
                get(fresh.invalidate(List.of(Group.tag("ns", "taken"))));
            }

            GenerationView survivor = ticks == 1 ? node : survivorOf(goBack, ticks);
            get(survivor.now());

            assertThat(survivor.check(lost, "ns", Set.of("taken")))
                    .as("after %d other ticks", ticks)
                    .isEqualTo(INVALID);
        }
    }

    /** A view that saw a tick which is lost then, while as many others took its place and the following. */
    private GenerationView survivorOf(Runnable goBack, int ticks) {
        goBack.run();
        GenerationView survivor = view(server, 1_000);
        get(survivor.invalidate(List.of(Group.tag("ns", "lost"))));
        get(survivor.now());
        goBack.run();
        for (int i = 0; i < ticks; i++) {
            get(view(server, 10).invalidate(List.of(Group.tag("ns", "taken"))));
        }
        return survivor;
    }

    @Test
    void an_entry_of_a_lost_time_is_invalid_for_a_node_that_never_saw_that_time() {
        get(node.now());
        Runnable goBack = server.copy();
        long lost = get(node.invalidate(List.of(Group.tag("ns", "t"))));
        goBack.run();

        GenerationView fresh = view(server, 10);
        get(fresh.now());

        assertThat(fresh.check(lost, "ns", NO_TAGS)).isEqualTo(UNKNOWN);
        assertThat(get(fresh.ask(lost, "ns", NO_TAGS))).isFalse();
    }

    @Test
    void where_the_log_is_too_short_older_entries_must_be_asked_for() {
        long loaded = get(node.now());
        get(other.invalidate(List.of(Group.tag("ns", "t"))));
        get(other.invalidate(List.of(Group.tag("ns", "u"))));
        server.forgetLog();

        get(node.now());

        assertThat(node.check(loaded, "ns", Set.of("t"))).isEqualTo(UNKNOWN);
        assertThat(node.quietSince(loaded, "ns")).isFalse();
        assertThat(get(node.ask(loaded, "ns", Set.of("t")))).isFalse();
        assertThat(get(node.ask(loaded, "ns", Set.of("v")))).isTrue();
        assertThat(node.check(loaded, "ns", Set.of("t"))).isEqualTo(INVALID);
        assertThat(node.check(loaded, "ns", Set.of("v"))).isEqualTo(VALID);
    }

    /** Interleaving 7. */
    @Test
    void a_group_this_node_forgot_must_be_asked_for_and_is_not_taken_for_valid() {
        GenerationView small = view(server, 2);
        long loaded = get(small.now());
        for (String tag : List.of("a", "b", "c", "d", "e")) {
            get(small.invalidate(List.of(Group.tag("ns", tag))));
        }
        get(small.now());

        assertThat(small.check(loaded, "ns", Set.of("a"))).isEqualTo(UNKNOWN);
        assertThat(get(small.ask(loaded, "ns", Set.of("a")))).isFalse();
        assertThat(small.check(loaded, "ns", Set.of("e"))).isNotEqualTo(VALID);
        assertThat(small.check(get(small.now()), "ns", Set.of("a"))).isEqualTo(VALID);
    }

    @Test
    void a_group_the_server_pruned_is_not_taken_for_valid() {
        HeapGenerations pruning = new HeapGenerations(2);
        GenerationView small = view(pruning, 2);
        long loaded = get(small.now());
        for (String tag : List.of("a", "b", "c", "d")) {
            get(small.invalidate(List.of(Group.tag("ns", tag))));
        }
        long later = get(view(pruning, 2).now());

        assertThat(get(small.ask(loaded, "ns", Set.of("a")))).isFalse();
        assertThat(get(small.ask(loaded, "ns", Set.of("never")))).isFalse();
        assertThat(get(small.ask(later, "ns", Set.of("never")))).isTrue();
    }

    @Test
    void what_was_learnt_of_a_group_does_not_outlive_a_later_tick_that_was_forgotten() {
        GenerationView small = view(server, 3);
        long loaded = get(small.now());
        get(other.invalidate(List.of(Group.tag("ns", "x"))));
        server.forgetLog();
        get(small.now());
        server.hold();
        CompletionStage<Boolean> asked = small.ask(loaded, "ns", Set.of("a"));
        CompletionStage<Long> ticked = small.invalidate(List.of(Group.tag("ns", "a")));
        server.answer();
        get(asked);
        get(ticked);

        assertThat(small.check(loaded, "ns", Set.of("a"))).isNotEqualTo(VALID);
    }

    @Test
    void a_namespace_is_quiet_until_something_of_it_is_invalidated() {
        for (Group loud : List.of(Group.all(), Group.namespace("ns"), Group.tag("ns", "t"), Group.tagEverywhere("t"))) {
            long loaded = get(node.now());
            get(node.invalidate(List.of(Group.namespace("x"), Group.tag("x", "t"))));
            assertThat(node.quietSince(loaded, "ns")).isTrue();
            assertThat(node.quietSince(loaded, "x")).isFalse();

            get(other.invalidate(List.of(loud)));
            get(node.now());

            assertThat(node.quietSince(loaded, "ns")).as("%s", loud).isFalse();
            assertThat(node.quietSince(get(node.now()), "ns")).isTrue();
        }
    }

    @Test
    void an_invalidation_of_a_kind_this_version_does_not_know_hits_everything() {
        long loaded = get(node.now());
        get(server.advance(List.of(new byte[] {'?'}), new byte[16], 5));

        get(node.now());

        assertThat(node.check(loaded, "ns", NO_TAGS)).isEqualTo(INVALID);
    }

    @Test
    void a_seq_at_its_end_starts_another_incarnation() {
        byte[] last = ByteBuffer.allocate(16)
                .putLong(Stamp.of(5, Stamp.MAX_SEQ))
                .putLong(1)
                .array();
        get(server.advance(List.of(), last, 1));
        long loaded = get(node.now());
        assertThat(loaded).isEqualTo(Stamp.of(5, Stamp.MAX_SEQ));

        get(node.invalidate(List.of(Group.namespace("other"))));

        assertThat(node.check(loaded, "ns", NO_TAGS)).isEqualTo(INVALID);
        assertThat(Stamp.seq(get(node.now()))).isEqualTo(1);
    }

    private GenerationView view(HeapGenerations source, int maxGroups) {
        return new GenerationView(source, maxGroups, random::nextLong);
    }

    private static <T> T get(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }
}
