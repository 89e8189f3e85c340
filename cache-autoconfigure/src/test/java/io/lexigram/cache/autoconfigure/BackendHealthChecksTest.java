package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheHealth.Status;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackendHealthChecksTest {

    @Test
    void an_answer_is_used_again_until_the_interval_of_the_backend_is_over() {
        ManualTime time = new ManualTime();
        Imports.runner()
                .withBean("fake", FakeBackend.class)
                .withBean(TimeSource.class, time::source)
                .withPropertyValues("lexigram.cache.backends.fake.health-check-interval=30s")
                .run(context -> {
                    BackendHealthChecks checks = context.getBean(BackendHealthChecks.class);
                    FakeBackend fake = context.getBean(FakeBackend.class);

                    assertThat(checks.of("fake").status()).isEqualTo(Status.UP);
                    fake.failWith("gone");
                    time.advance(Duration.ofSeconds(29));
                    assertThat(checks.of("fake").status()).isEqualTo(Status.UP);
                    assertThat(fake.pings()).isEqualTo(1);

                    time.advance(Duration.ofSeconds(1));
                    assertThat(checks.of("fake").status()).isEqualTo(Status.DOWN);
                    assertThat(fake.pings()).isEqualTo(2);
                });
    }

    @Test
    void backends_that_are_asked_about_at_one_moment_are_asked_once() {
        ManualTime time = new ManualTime();
        Imports.runner()
                .withBean("a", FakeBackend.class)
                .withBean("b", FakeBackend.class)
                .withBean(TimeSource.class, time::source)
                .withPropertyValues("lexigram.cache.default-backend=a")
                .run(context -> {
                    BackendHealthChecks checks = context.getBean(BackendHealthChecks.class);

                    checks.of("a");
                    checks.of("b");

                    assertThat(context.getBean("a", FakeBackend.class).pings()).isEqualTo(1);
                    assertThat(context.getBean("b", FakeBackend.class).pings()).isEqualTo(1);
                });
    }

    @Test
    void a_backend_that_there_is_not_is_down() {
        Imports.runner().run(context -> assertThat(
                        context.getBean(BackendHealthChecks.class).of("nosuch").status())
                .isEqualTo(Status.DOWN));
    }
}
