package io.lexigram.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The catalogue with the profile {@code redis}. */
@ActiveProfiles("redis")
class CatalogRedisIT extends CatalogContract {

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry registry) {
        registry.add("REDIS_URL", RedisServer.shared()::getUri);
    }

    @Test
    void the_caches_are_in_redis_which_is_healthy() {
        JsonNode report = client.read("/actuator/cache");
        assertThat(report.required("defaultBackend").asString()).isEqualTo("redis");
        assertThat(report.required("backends")).hasSize(1);
        assertThat(report.at("/backends/redis/type").asString()).isEqualTo("redis");
        assertThat(report.at("/backends/redis/status").asString()).isEqualTo("UP");

        JsonNode health = client.read("/actuator/health");
        assertThat(health.required("status").asString()).isEqualTo("UP");
        assertThat(health.required("components").has("lexigramCache")).isTrue();
        assertThat(health.required("components").has("redis")).isTrue();
    }
}
