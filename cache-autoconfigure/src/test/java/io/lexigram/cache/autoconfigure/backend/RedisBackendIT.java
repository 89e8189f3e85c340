package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.autoconfigure.LexigramCacheLoader;
import io.lexigram.cache.autoconfigure.Server;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.WithRedis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.data.redis.core.StringRedisTemplate;

@WithRedis
class RedisBackendIT {

    private static final String SHARED = "lexigram.cache.backends.shared.";

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues(SHARED + "type=redis", "spring.application.name=shop");

    @Test
    void values_live_in_redis_under_the_name_of_the_application_and_another_node_reads_them(RedisServer redis) {
        ApplicationContextRunner onOwnConnection = runner.withPropertyValues(SHARED + "url=" + redis.getUri());
        ApplicationContextRunner onTheApplications = runner.withPropertyValues(
                "spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port());
        onOwnConnection.run(one -> onTheApplications.run(other -> {
            await().until(one.getBean(CacheService.class)::ping);
            await().until(other.getBean(CacheService.class)::ping);
            Product chair = new Product("chair", new BigDecimal("19.90"));
            one.getBean(CacheService.class).cache("products", Product.class).put("42", chair);

            assertThat(other.getBean(CacheService.class)
                            .cache("products", Product.class)
                            .get("42"))
                    .isEqualTo(chair);
            assertThat(other.getBean(StringRedisTemplate.class).keys("*")).allMatch(key -> key.startsWith("shop:"));
        }));
    }

    @Test
    void without_an_application_the_same_properties_lead_to_the_same_entries(RedisServer redis) {
        runner.withPropertyValues(SHARED + "url=" + redis.getUri()).run(context -> {
            CacheService application = context.getBean(CacheService.class);
            await().until(application::ping);
            try (CacheService loaded = LexigramCacheLoader.fromMap(Map.of(
                    SHARED + "type", "redis", SHARED + "url", redis.getUri(), "spring.application.name", "shop"))) {
                await().until(loaded::ping);
                loaded.cache("names", String.class).put("1", "Ada");

                assertThat(application.cache("names", String.class).get("1")).isEqualTo("Ada");
            }
        });
    }

    @Test
    void with_redis_absent_the_application_starts_serves_and_tells_its_health(RedisServer unused) {
        RedisServer redis = RedisServer.start();
        redis.stop();
        try (Server server = Server.start(
                WebApplicationType.SERVLET,
                Application.class,
                SHARED + "type=redis",
                SHARED + "url=" + redis.getUri(),
                SHARED + "health-check-interval=0s",
                "management.endpoints.web.exposure.include=cache,health",
                "management.endpoint.health.show-details=always",
                "management.health.redis.enabled=false")) {
            Cache<Integer> numbers = server.bean(CacheService.class).cache("numbers", Integer.class);
            AtomicInteger loads = new AtomicInteger();

            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(1);
            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(2);
            assertThat(server.get("/actuator/health").status()).isEqualTo(200);
            assertThat(server.get("/actuator/health").json().path("status").asString())
                    .isEqualTo("DEGRADED");
            assertThat(server.get("/actuator/health")
                            .json()
                            .at("/components/lexigramCache/components/shared/status")
                            .asString())
                    .isEqualTo("DEGRADED");
            assertThat(server.get("/actuator/cache")
                            .json()
                            .at("/backends/shared/status")
                            .asString())
                    .isEqualTo("DOWN");
            assertThat(server.get("/actuator/cache")
                            .json()
                            .at("/caches/numbers/errors")
                            .asLong())
                    .isPositive();
            assertThat(server.delete("/actuator/cache/numbers").status()).isEqualTo(503);

            redis.restart();
            await().atMost(Duration.ofSeconds(30)).until(() -> server.get("/actuator/health")
                    .json()
                    .path("status")
                    .asString()
                    .equals("UP"));
            // The clear that Redis could not be told is made good before anything there is believed.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.bean(CacheService.class).metrics().pendingInvalidations() == 0);
            numbers.put("a", 7);
            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(7);
            assertThat(server.get("/actuator/cache/numbers")
                            .json()
                            .path("entries")
                            .isNull())
                    .isTrue();
            assertThat(server.get("/actuator/cache/numbers/keys").body())
                    .isEqualTo("{\"keys\":[\"a\"],\"cursor\":null}");
            assertThat(server.get("/actuator/cache/numbers?key=a")
                            .json()
                            .path("key")
                            .asString())
                    .isEqualTo("a");
            assertThat(server.delete("/actuator/cache/numbers").body()).isEqualTo("{\"removed\":1}");
            await().untilAsserted(() -> assertThat(server.bean(Connections.class).seen)
                    .containsExactly(new CacheEvent.Disconnected("shared"), new CacheEvent.Connected("shared")));
        } finally {
            redis.close();
        }
    }

    record Product(String name, BigDecimal price) {}

    static class Connections {

        private final List<CacheEvent> seen = new CopyOnWriteArrayList<>();

        @EventListener({CacheEvent.Connected.class, CacheEvent.Disconnected.class})
        void on(CacheEvent event) {
            seen.add(event);
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Connections connections() {
            return new Connections();
        }
    }
}
