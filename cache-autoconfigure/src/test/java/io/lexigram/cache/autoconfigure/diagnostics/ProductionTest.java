package io.lexigram.cache.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.autoconfigure.Imports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What production refuses, and what it says: the backend, the property, the variable, and never the secret. */
class ProductionTest {

    private static final String SHARED = "lexigram.cache.backends.shared.";
    private static final String STRONG = "kW4-gT9_xZ2.mB7";

    private final ApplicationContextRunner production = Imports.runner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("lexigram.cache.environment=production", SHARED + "type=redis");

    @ParameterizedTest
    @ValueSource(
            strings = {"lexigram.cache.environment=production", "LEX_ENV=production", "spring.profiles.active=prod"})
    void a_missing_password_is_refused_wherever_it_says_that_this_is_production(String environment) {
        FailureAnalysis failure = Startup.with(environment, SHARED + "type=redis", SHARED + "host=localhost")
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.password is not set: backend 'shared' would be open");
        assertThat(failure.getAction())
                .contains("LEX_CACHE__BACKENDS__SHARED__PASSWORD")
                .contains("lexigram.cache.backends.shared.allow-weak-password: true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url=redis://:Foobared@localhost           |
            url=rediss://ada:Foobared@cache.example.org |
            host=localhost                            | password=Foobared
            cluster.nodes=localhost:7000              | password=Foobared
            url=redis://:kW4-gT9_xZ2.mB7@localhost    | password=Foobared
            """)
    void a_well_known_password_is_refused_and_not_printed(String address, String more) {
        FailureAnalysis failure = Startup.of(
                        production.withPropertyValues(SHARED + address, more == null ? "any=thing" : SHARED + more))
                .failure();

        assertThat(failure.getDescription())
                .startsWith("lexigram.cache.backends.shared.password is '***': backend 'shared' has a password");
        assertThat(failure.getDescription() + failure.getAction() + failure.getCause())
                .doesNotContainIgnoringCase("foobared")
                .doesNotContain(STRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=" + STRONG, "allow-weak-password=true"})
    void a_strong_password_starts_and_so_does_a_weak_one_where_it_is_meant(String setting) {
        production
                .withPropertyValues(SHARED + "host=localhost", SHARED + setting)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_weak_password_is_accepted_in_other_environments() {
        production
                .withPropertyValues("lexigram.cache.environment=test", SHARED + "host=localhost")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_backend_that_is_disabled_is_not_looked_at() {
        production
                .withPropertyValues(
                        SHARED + "host=localhost",
                        SHARED + "enabled=false",
                        "lexigram.cache.backends.local.type=memory")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void the_connection_of_the_application_is_held_to_the_same() {
        FailureAnalysis open = Startup.of(production).failure();
        assertThat(open.getDescription()).startsWith("spring.data.redis.password is not set: backend 'shared'");
        assertThat(open.getAction()).contains("SPRING_DATA_REDIS_PASSWORD");

        ApplicationContextRunner withPassword = production.withPropertyValues("spring.data.redis.password=" + STRONG);
        FailureAnalysis unencrypted = Startup.of(
                        withPassword.withPropertyValues("spring.data.redis.host=cache.example.org"))
                .failure();
        assertThat(unencrypted.getDescription())
                .startsWith("spring.data.redis.ssl.enabled is 'false': the connection of backend 'shared' to"
                        + " cache.example.org would not be encrypted");
        assertThat(unencrypted.getAction()).contains("lexigram.cache.backends.shared.allow-insecure: true");

        withPassword.run(context -> assertThat(context).hasNotFailed());
        withPassword
                .withPropertyValues("spring.data.redis.cluster.nodes=a:1", SHARED + "allow-insecure=true")
                .run(context -> assertThat(context).hasNotFailed());
        withPassword
                .withPropertyValues("spring.data.redis.sentinel.master=m", "spring.data.redis.sentinel.nodes=a:1")
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void java_serialization_is_refused() {
        FailureAnalysis failure = Startup.with(
                        "LEX_ENV=production", "lexigram.cache.service.allow-java-serialization=true")
                .failure();

        assertThat(failure.getDescription()).startsWith("lexigram.cache.service.allow-java-serialization is 'true': ");
        assertThat(failure.getAction()).contains("JSON");
        Imports.runner()
                .withPropertyValues("lexigram.cache.service.allow-java-serialization=true")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
