package io.lexigram.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.history.Operation.Read;
import org.junit.jupiter.api.Test;

class StampedeIT {

    private static final int PROCESSES = 3;
    private static final int THREADS = 200;

    @Test
    void two_hundred_threads_in_each_of_three_processes_share_one_load() throws Exception {
        Trial trial = Trial.of(Trial.stampede(PROCESSES, THREADS));

        assertThat(trial.violations()).as(trial::toString).isEmpty();
        assertThat(trial.loads()).isEqualTo(1);
        assertThat(trial.history().of(Read.class).map(Read::answer))
                .hasSize(PROCESSES * THREADS)
                .doesNotContainNull()
                .containsOnly(
                        trial.history().of(Read.class).findFirst().orElseThrow().answer());
    }
}
