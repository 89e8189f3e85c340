package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "6, 1000", "1000, 1000", "2147483647, 1000"})
    void the_wait_doubles_with_each_failure_up_to_a_second(int failures, long millis) {
        assertThat(new Backoff(() -> 0).nanosAfter(failures)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void chance_takes_up_to_half_of_it_so_that_not_all_clients_return_at_once() {
        assertThat(new Backoff(() -> 1).nanosAfter(1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(new Backoff(() -> 0.5).nanosAfter(7)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(750));
    }
}
