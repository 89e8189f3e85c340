package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.autoconfigure.aop.CacheAnnotationsAutoConfiguration;
import io.lexigram.cache.event.CacheEvent.LowHitRate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

@ExtendWith(OutputCaptureExtension.class)
class MonitoringPropertiesTest {

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(CacheAnnotationsAutoConfiguration.class))
            .withPropertyValues("lexigram.cache.monitoring.interval=100ms", "lexigram.cache.monitoring.min-reads=5");

    @Test
    void a_cache_that_is_seldom_hit_is_an_event_of_the_application() {
        runner.withBean(OfLowRates.class).run(context -> {
            Cache<String> users = context.getBean(CacheService.class).cache("users", String.class);
            OfLowRates listener = context.getBean(OfLowRates.class);

            await().untilAsserted(() -> {
                for (int i = 0; i < 5; i++) {
                    users.get("absent");
                }
                assertThat(listener.heard).isNotEmpty();
            });

            assertThat(listener.heard.get(0).cache()).isEqualTo("users");
            assertThat(listener.heard.get(0).hitRate()).isZero();
        });
    }

    @Test
    void a_configured_cache_is_told_of_unless_an_annotation_names_it(CapturedOutput output) {
        runner.withBean(Orders.class)
                .withPropertyValues(
                        "lexigram.cache.monitoring.interval=5s",
                        "lexigram.cache.caches.orders.ttl=1m",
                        "lexigram.cache.caches.produts.ttl=1m",
                        "lexigram.cache.caches.users.ttl=1m")
                .run(context -> {
                    context.getBean(CacheService.class).cache("users", String.class);

                    await().untilAsserted(
                                    () -> assertThat(output).contains("Cache 'produts' is configured, and nothing"));
                    assertThat(output).doesNotContain("'orders' is configured", "'users' is configured");
                });
    }

    @Test
    void it_can_be_turned_off(CapturedOutput output) {
        runner.withPropertyValues("lexigram.cache.monitoring.enabled=false", "lexigram.cache.caches.produts.ttl=1m")
                .run(context -> await().during(Duration.ofMillis(300))
                        .untilAsserted(() -> assertThat(output).doesNotContain("is configured, and nothing")));
    }

    static class OfLowRates {

        final List<LowHitRate> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(LowHitRate event) {
            heard.add(event);
        }
    }

    static class Orders {

        @Cached(cache = "orders", key = "#id")
        public String find(long id) {
            return "order " + id;
        }
    }
}
