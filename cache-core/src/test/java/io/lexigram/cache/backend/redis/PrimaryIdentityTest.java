package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrimaryIdentityTest {

    private static final long SOME_MILLIS = TimeUnit.MILLISECONDS.toNanos(300);

    private static PrimaryIdentity aged(long seconds) {
        return new PrimaryIdentity("process", "history", true, seconds);
    }

    @Test
    void a_server_that_says_it_is_a_second_old_may_have_been_started_just_now() {
        assertThat(aged(0).hasStartedWithin(SOME_MILLIS)).isTrue();
        assertThat(aged(1).hasStartedWithin(SOME_MILLIS)).isTrue();
        assertThat(aged(2).hasStartedWithin(SOME_MILLIS)).isFalse();
    }

    @Test
    void one_that_does_not_say_is_as_old_as_it_was() {
        assertThat(aged(-1).hasStartedWithin(Long.MAX_VALUE)).isFalse();
    }
}
