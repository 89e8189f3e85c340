package io.lexigram.cache.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A breaker that is open for ten seconds unless a ping is answered. */
class RecoveryPingsTest {

    private final ManualTime time = new ManualTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final List<Long> pings = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private double chance;
    private boolean answers;
    private boolean rejects;
    private RecoveryPings recovery;
    private Instant opened;
    private final WindowBreaker breaker =
            new WindowBreaker("far", CircuitBreakerSettings.DEFAULT, time.source(), (from, to) -> changed(from, to));

    {
        recovery = pings(CircuitBreakerSettings.DEFAULT);
    }

    private RecoveryPings pings(CircuitBreakerSettings settings) {
        return new RecoveryPings(
                breaker,
                this::ping,
                settings,
                time.source(),
                timer.scheduler(),
                task -> {
                    if (rejects) {
                        throw new RejectedExecutionException("closed");
                    }
                    task.run();
                },
                () -> chance);
    }

    private void changed(State from, State to) {
        recovery.changed(from, to);
    }

    private void ping(Duration itsPatience) {
        pings.add(Duration.between(opened, time.now()).toMillis());
        patience.add(itsPatience);
        if (!answers) {
            throw new CacheConnectionException("gone");
        }
    }

    private void open() {
        opened = time.now();
        pings.clear();
        for (int i = 0; i < 10; i++) {
            breaker.failed(breaker.permit(), 1);
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    private void pass(long millis) {
        timer.advance(Duration.ofMillis(millis));
    }

    private void close() {
        breaker.answered(breaker.permit(), 1);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void nothing_is_asked_while_it_is_closed() {
        pass(60_000);

        assertThat(pings).isEmpty();
    }

    @Test
    void pings_go_on_at_pauses_that_double_up_to_a_second_and_stay_so() {
        open();

        pass(6_000);

        assertThat(pings).containsExactly(100L, 300L, 700L, 1_500L, 2_500L, 3_500L, 4_500L, 5_500L);
        assertThat(patience).containsOnly(Duration.ofMillis(200));
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void chance_takes_up_to_half_of_a_pause_so_that_not_all_nodes_ask_at_once() {
        chance = 1;
        open();

        pass(400);

        assertThat(pings).containsExactly(50L, 150L, 350L);
    }

    @Test
    void the_next_call_is_the_probe_as_soon_as_a_ping_is_answered_and_nothing_is_asked_any_more() {
        open();
        pass(2_000);
        assertThat(breaker.permit()).isNull();
        answers = true;

        pass(500);

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        close();
        pass(60_000);
        assertThat(pings).containsExactly(100L, 300L, 700L, 1_500L, 2_500L);
    }

    @Test
    void failed_pings_do_not_put_off_the_probe_of_a_caller() {
        open();

        pass(10_001);

        assertThat(breaker.permit()).isNotNull();
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void after_the_failed_probe_of_a_caller_pings_go_on_once_a_second() {
        open();
        pass(10_001);
        breaker.failed(breaker.permit(), 1);
        opened = time.now();
        pings.clear();

        pass(2_500);

        assertThat(pings).containsExactly(1_000L, 2_000L);
    }

    /** What answers pings and nothing else would otherwise cost its callers a deadline every moment. */
    @Test
    void a_backend_that_answers_nothing_but_pings_is_left_alone_for_twice_as_long_each_time() {
        answers = true;
        open();
        List<Long> first = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            opened = time.now();
            pings.clear();
            while (breaker.state() == State.OPEN) {
                pass(1);
            }
            first.add(pings.get(0));
            breaker.failed(breaker.permit(), 1);
        }

        assertThat(first).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    }

    @Test
    void one_that_was_well_for_the_usual_time_is_asked_soon_again() {
        answers = true;
        open();
        pass(100);
        breaker.failed(breaker.permit(), 1);
        pass(200);
        close();
        pass(10_000);

        open();
        pass(100);

        assertThat(pings).containsExactly(100L);
    }

    @Test
    void it_is_asked_no_later_than_a_caller_would() {
        recovery = pings(CircuitBreakerSettings.DEFAULT.openFor(Duration.ofMillis(60)));
        open();

        pass(60);

        assertThat(pings).containsExactly(60L);
    }

    @Test
    void a_ping_is_waited_for_a_second_at_most() {
        recovery = pings(CircuitBreakerSettings.DEFAULT.slowCall(Duration.ofMinutes(1)));
        open();

        pass(100);

        assertThat(patience).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void nothing_is_asked_once_it_is_closed_for_good() {
        open();
        recovery.close();

        pass(60_000);

        assertThat(pings).isEmpty();
    }
}
