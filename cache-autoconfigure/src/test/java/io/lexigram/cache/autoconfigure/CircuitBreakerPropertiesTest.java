package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.health.CacheHealthAutoConfiguration;
import io.lexigram.cache.spi.ByteBackend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The breaker of a backend that never answers, as an application configures and sees it. */
class CircuitBreakerPropertiesTest {

    private static final String BREAKER = "lexigram.cache.service.circuit-breaker.";

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    CacheHealthAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withBean("far", ByteBackend.class, Unreachable::new);

    private static Cache<String> cacheAfter(AssertableApplicationContext context, int calls) {
        Cache<String> cache = context.getBean(CacheService.class).cache("products", String.class);
        for (int i = 0; i < calls; i++) {
            cache.lookup("k");
        }
        return cache;
    }

    private static String state(AssertableApplicationContext context) {
        return context.getBean(CacheService.class).backends().get("far").circuitBreaker();
    }

    private static double gauge(AssertableApplicationContext context, String state) {
        return context.getBean(MeterRegistry.class)
                .get("lexigram.cache.circuit.breaker.state")
                .tags("backend", "far", "state", state)
                .gauge()
                .value();
    }

    private static double errors(AssertableApplicationContext context, String outcome) {
        return context.getBean(MeterRegistry.class)
                .get("lexigram.cache.errors")
                .tags("cache", "products", "outcome", outcome)
                .functionCounter()
                .count();
    }

    @Test
    void it_is_on_and_its_state_is_a_meter_and_a_detail_of_health() {
        runner.withPropertyValues("lexigram.cache.caches.products.ttl=10m").run(context -> {
            assertThat(gauge(context, "closed")).isEqualTo(1);

            cacheAfter(context, 13);

            assertThat(state(context)).isEqualTo("OPEN");
            assertThat(gauge(context, "open")).isEqualTo(1);
            assertThat(gauge(context, "closed")).isZero();
            assertThat(gauge(context, "half-open")).isZero();
            assertThat(errors(context, "error")).isEqualTo(10);
            assertThat(errors(context, "timeout")).isZero();
            assertThat(errors(context, "breaker-open")).isEqualTo(3);
            HealthIndicator health = (HealthIndicator)
                    context.getBean(CompositeHealthContributor.class).getContributor("far");
            assertThat(health.health().getDetails()).containsEntry("circuitBreaker", "OPEN");
        });
    }

    @Test
    void it_opens_as_the_properties_say() {
        runner.withPropertyValues(BREAKER + "window=4").run(context -> {
            cacheAfter(context, 2);
            assertThat(state(context)).isEqualTo("OPEN");
        });
    }

    @Test
    void it_can_be_turned_off() {
        runner.withPropertyValues(BREAKER + "enabled=false").run(context -> {
            assertThat(cacheAfter(context, 30).stats().breakerOpen()).isZero();
            assertThat(state(context)).isNull();
        });
    }

    @Test
    void a_shared_state_needs_a_redis() {
        runner.withPropertyValues(BREAKER + "shared=true").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(BREAKER + "shared")
                .hasMessageContaining("no backend of type redis"));
    }

    private static final class Unreachable implements ByteBackend {

        private static <T> CompletionStage<T> gone() {
            return CompletableFuture.failedFuture(new CacheConnectionException("gone"));
        }

        @Override
        public String type() {
            return "unreachable";
        }

        @Override
        public CompletionStage<byte[]> get(byte[] key) {
            return gone();
        }

        @Override
        public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
            return gone();
        }

        @Override
        public CompletionStage<Boolean> delete(byte[] key) {
            return gone();
        }

        @Override
        public CompletionStage<Void> ping() {
            return gone();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return null;
        }

        @Override
        public void close() {}
    }
}
