package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the processes do is in {@code target/history}; {@code -Dlexigram.history.seed} does it again. */
class HistoryIT {

    private static final long MILLIS = 2_000;

    @ParameterizedTest
    @EnumSource(Mix.class)
    void a_process_keeps_every_promise_in_memory(Mix mix) throws Exception {
        Trial trial = Trial.of(Trial.plan("memory", mix, PlantedFault.NONE, 1, 3, MILLIS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mix.class)
    void a_process_keeps_every_promise_on_redis(Mix mix) throws Exception {
        Trial trial = Trial.of(Trial.plan("redis", mix, PlantedFault.NONE, 1, 3, MILLIS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
    }
}
