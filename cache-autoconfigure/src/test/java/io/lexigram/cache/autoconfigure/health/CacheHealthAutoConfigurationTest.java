package io.lexigram.cache.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.autoconfigure.FakeBackend;
import io.lexigram.cache.autoconfigure.Imports;
import io.lexigram.cache.autoconfigure.Server;
import io.lexigram.cache.autoconfigure.Server.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

class CacheHealthAutoConfigurationTest {

    private static final String BEAN = "lexigramCacheHealthContributor";
    private static final String[] TWO_BACKENDS = {
        "lexigram.cache.backends.local.type=memory",
        "lexigram.cache.default-backend=local",
        "lexigram.cache.backends.fake.health-check-interval=0s",
        "management.endpoint.health.show-details=always",
        "management.health.redis.enabled=false",
        "management.health.diskspace.enabled=false",
        "management.health.db.enabled=false"
    };

    private final ApplicationContextRunner runner =
            Imports.runner().withBean("fake", FakeBackend.class).withPropertyValues(TWO_BACKENDS);

    @Test
    void each_backend_is_a_component_with_its_latency() {
        runner.run(context -> {
            Health local = health(context, "local");
            assertThat(local.getStatus()).isEqualTo(Status.UP);
            assertThat(local.getDetails()).containsEntry("type", "memory");
            assertThat(health(context, "fake").getDetails()).containsEntry("latencyMs", 0.4);
        });
    }

    @Test
    void a_backend_that_is_down_makes_the_cache_degraded_and_says_why_without_secrets() {
        runner.run(context -> {
            context.getBean(FakeBackend.class).failWith("no answer from redis://ada:secret@cache:6379/0");

            Health fake = health(context, "fake");

            assertThat(fake.getStatus().getCode()).isEqualTo("DEGRADED");
            assertThat(fake.getDetails()).doesNotContainKey("latencyMs");
            assertThat(fake.getDetails().get("reason").toString())
                    .contains("no answer from redis://cache:6379/0")
                    .doesNotContain("ada", "secret");
            assertThat(health(context, "local").getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void a_backend_that_is_down_makes_the_cache_down_only_where_that_is_asked_for() {
        runner.withPropertyValues("lexigram.cache.health.fail-on-down=true").run(context -> {
            context.getBean(FakeBackend.class).failWith("gone");
            assertThat(health(context, "fake").getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void off_by_either_property_there_is_no_contributor() {
        runner.withPropertyValues("management.health.lexigram-cache.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
        runner.withPropertyValues("lexigram.cache.service.enable-health-checks=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
        runner.withPropertyValues("lexigram.cache.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
    }

    @Test
    void a_contributor_of_the_application_under_the_same_name_replaces_ours() {
        HealthIndicator own = () -> Health.up().build();
        runner.withBean("lexigramCacheHealthIndicator", HealthIndicator.class, () -> own)
                .run(context -> assertThat(context).doesNotHaveBean(BEAN));
    }

    @Test
    void degraded_is_the_status_of_the_whole_and_http_200() {
        try (Server server = Server.start(WebApplicationType.SERVLET, Application.class, TWO_BACKENDS)) {
            assertThat(server.get("/actuator/health").json().path("status").asString())
                    .isEqualTo("UP");
            server.bean(FakeBackend.class).failWith("gone");

            Answer answer = server.get("/actuator/health");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("status").asString()).isEqualTo("DEGRADED");
            assertThat(answer.json().at("/components/lexigramCache/status").asString())
                    .isEqualTo("DEGRADED");
            assertThat(answer.json()
                            .at("/components/lexigramCache/components/fake/status")
                            .asString())
                    .isEqualTo("DEGRADED");
            assertThat(answer.json()
                            .at("/components/lexigramCache/components/local/status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    @Test
    void down_where_it_is_asked_for_is_http_503() {
        try (Server server = Server.start(
                WebApplicationType.REACTIVE, Application.class, with("lexigram.cache.health.fail-on-down=true"))) {
            server.bean(FakeBackend.class).failWith("gone");

            assertThat(server.get("/actuator/health").status()).isEqualTo(503);
        }
    }

    @Test
    void an_order_of_statuses_of_the_application_is_left_alone() {
        try (Server server = Server.start(
                WebApplicationType.SERVLET,
                Application.class,
                with("management.endpoint.health.status.order=down,up"))) {
            server.bean(FakeBackend.class).failWith("gone");

            assertThat(server.get("/actuator/health").json().path("status").asString())
                    .isEqualTo("UP");
        }
    }

    private static String[] with(String property) {
        String[] all = java.util.Arrays.copyOf(TWO_BACKENDS, TWO_BACKENDS.length + 1);
        all[TWO_BACKENDS.length] = property;
        return all;
    }

    private static Health health(AssertableApplicationContext context, String backend) {
        return ((HealthIndicator)
                        context.getBean(BEAN, CompositeHealthContributor.class).getContributor(backend))
                .health();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        FakeBackend fake() {
            return new FakeBackend();
        }
    }
}
