package io.lexigram.cache.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.spi.Breaker.Permit;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WindowBreakerTest {

    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(201);

    private final ManualTime time = new ManualTime();
    private final List<String> changes = new ArrayList<>();
    private final WindowBreaker breaker = new WindowBreaker(
            "far", CircuitBreakerSettings.DEFAULT, time.source(), (from, to) -> changes.add(from + " > " + to));

    private void succeed(int calls) {
        for (int i = 0; i < calls; i++) {
            breaker.answered(breaker.permit(), FAST);
        }
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            breaker.failed(breaker.permit(), FAST);
        }
    }

    private void passTheTimeItIsOpen() {
        time.advance(Duration.ofMillis(10_001));
    }

    @Test
    void opens_when_half_of_the_window_failed_and_not_before() {
        succeed(10);
        fail(9);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.permit()).isNull();
        assertThat(changes).containsExactly("CLOSED > OPEN");
    }

    @Test
    void half_a_window_is_enough_to_begin_with_and_less_is_not() {
        fail(9);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void in_the_first_seconds_of_use_it_is_the_process_that_is_slow() {
        time.advance(Duration.ofMinutes(1));
        breaker.answered(breaker.permit(), SLOW);
        time.advance(Duration.ofMillis(4_999));
        for (int i = 0; i < 40; i++) {
            breaker.answered(breaker.permit(), SLOW);
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void slow_answers_count_as_failures_do() {
        succeed(1);
        time.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            breaker.answered(breaker.permit(), SLOW);
        }

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void answers_that_are_almost_slow_do_not_count() {
        for (int i = 0; i < 40; i++) {
            breaker.answered(breaker.permit(), TimeUnit.MILLISECONDS.toNanos(199));
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void stays_open_for_its_time_however_often_it_is_asked() {
        fail(10);
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(breaker.permit()).isNull();
        }
    }

    @Test
    void then_lets_exactly_one_call_through() {
        fail(10);
        passTheTimeItIsOpen();

        assertThat(breaker.permit().state()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.permit()).isNull();
        assertThat(breaker.permit()).isNull();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void closes_when_the_probe_is_answered_and_begins_to_count_anew() {
        fail(10);
        passTheTimeItIsOpen();

        breaker.answered(breaker.permit(), FAST);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        fail(9);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(changes).containsExactly("CLOSED > OPEN", "OPEN > HALF_OPEN", "HALF_OPEN > CLOSED");
    }

    @Test
    void opens_again_for_its_whole_time_when_the_probe_fails_or_is_slow() {
        fail(10);
        passTheTimeItIsOpen();
        breaker.failed(breaker.permit(), FAST);
        time.advance(Duration.ofMillis(9_999));
        assertThat(breaker.permit()).isNull();
        time.advance(Duration.ofMillis(2));

        breaker.answered(breaker.permit(), SLOW);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.permit()).isNull();
    }

    @Test
    void a_probe_that_came_to_nothing_leaves_its_place_to_another() {
        fail(10);
        passTheTimeItIsOpen();

        breaker.withdrawn(breaker.permit());

        assertThat(breaker.permit().state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void what_was_under_way_when_it_opened_does_not_pass_for_the_probe() {
        Permit late = breaker.permit();
        Permit later = breaker.permit();
        Permit last = breaker.permit();
        fail(10);
        passTheTimeItIsOpen();
        Permit probe = breaker.permit();

        breaker.answered(late, FAST);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.failed(later, FAST);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.withdrawn(last);
        assertThat(breaker.permit()).isNull();

        breaker.answered(probe, FAST);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void what_was_under_way_when_it_opened_does_not_count_when_it_is_closed_again() {
        List<Permit> late = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            late.add(breaker.permit());
        }
        fail(10);
        passTheTimeItIsOpen();
        breaker.answered(breaker.permit(), FAST);

        late.forEach(permit -> breaker.failed(permit, SLOW));

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        fail(9);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private void findNoConnection(int calls) {
        for (int i = 0; i < calls; i++) {
            breaker.disconnected(breaker.permit(), FAST);
        }
    }

    @Test
    void calls_without_a_connection_count_as_failures_do() {
        findNoConnection(10);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void the_first_answer_over_a_new_connection_begins_a_new_window() {
        findNoConnection(9);
        time.advance(Duration.ofMillis(2));

        succeed(1);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        fail(8);
        assertThat(breaker.state()).as("nine calls of the new window").isEqualTo(State.CLOSED);
        fail(1);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(changes).containsExactly("CLOSED > OPEN");
    }

    @Test
    void a_call_that_was_made_over_the_old_connection_does_not_count_in_the_new_window() {
        Permit late = breaker.permit();
        findNoConnection(1);
        time.advance(Duration.ofMillis(2));
        succeed(1);

        for (int i = 0; i < 20; i++) {
            breaker.failed(late, FAST);
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void neither_a_late_answer_nor_that_to_an_earlier_call_tells_of_a_new_connection() {
        findNoConnection(8);
        time.advance(Duration.ofMillis(1));
        breaker.answered(breaker.permit(), TimeUnit.MILLISECONDS.toNanos(1));
        breaker.answered(breaker.permit(), SLOW);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void answers_between_failures_of_another_kind_begin_nothing() {
        fail(9);
        time.advance(Duration.ofMillis(2));
        succeed(1);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void settings_that_make_no_sense_are_refused_with_their_value() {
        CircuitBreakerSettings settings = CircuitBreakerSettings.DEFAULT;

        assertThatThrownBy(() -> settings.window(0)).hasMessage("window is 0 but must be at least 1");
        assertThatThrownBy(() -> settings.failureRate(101)).hasMessage("failureRate is 101 but must be from 1 to 100");
        assertThatThrownBy(() -> settings.slowCall(Duration.ZERO)).hasMessageContaining("slowCall is PT0S");
        assertThatThrownBy(() -> settings.openFor(Duration.ofNanos(1)))
                .hasMessageContaining("openFor is PT0.000000001S");
    }
}
