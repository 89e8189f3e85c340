package io.lexigram.cache.history;

import static io.lexigram.cache.history.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.Operation.Load.Kind;
import io.lexigram.cache.history.Operation.Load.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Outage OUTAGE = new Outage(100, 200);

    @Test
    void an_invalidation_of_that_time_may_be_lost_until_it_is_over() {
        assertThat(broken(story().loads(1, 1, 0, 10).deletes(90, 101).reads(1, 1, 199, 200)))
                .isEmpty();
        assertThat(broken(story().loads(1, 1, 0, 10).deletes(90, 101).reads(1, 1, 201, 202)))
                .containsExactly(NoStaleRead.NAME);
    }

    @Test
    void an_invalidation_before_or_after_it_may_not() {
        assertThat(broken(story().loads(1, 1, 0, 10).deletes(20, 30).reads(1, 1, 300, 301)))
                .containsExactly(NoStaleRead.NAME);
        assertThat(broken(story().loads(1, 1, 110, 120).deletes(201, 210).reads(1, 1, 300, 301)))
                .containsExactly(NoStaleRead.NAME);
    }

    @Test
    void loads_that_ran_meanwhile_may_have_lost_their_leases_and_later_ones_not() {
        assertThat(broken(two(90, 110))).isEmpty();
        assertThat(broken(two(210, 220))).containsExactly(OneLoad.NAME);
    }

    private static Story two(long first, long second) {
        return story().loads(1, 1, Kind.SINGLE, Outcome.LOADED, first, first, first + 50)
                .loads(2, 1, Kind.SINGLE, Outcome.LOADED, second, second, second + 50);
    }

    @Test
    void an_exception_is_never_excused() {
        assertThat(broken(story().reads(0, null, "refused", 110, 120))).containsExactly(HonestReads.THROWS);
    }

    private static List<String> broken(Story story) {
        return Checker.check(story.history(), Duration.ZERO, OUTAGE).stream()
                .map(Violation::rule)
                .toList();
    }
}
