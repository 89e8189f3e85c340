package io.lexigram.cache.autoconfigure.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.SocketOptions;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.Imports;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** How properties become connections; nothing here connects. */
class RedisBackendFactoryTest {

    private static final String SHARED = "lexigram.cache.backends.shared.";
    private static final String PASSWORD = SHARED + "password=kW4-gT9_xZ2.mB7";

    private final ApplicationContextRunner runner = Imports.runner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class))
            .withPropertyValues(SHARED + "type=redis");

    @Test
    void without_an_address_the_connection_of_the_application_is_used() {
        runner.withPropertyValues("spring.data.redis.host=cache.example.org").run(context -> {
            LettuceConnectionFactory own = context.getBean(LettuceConnectionFactory.class);
            assertThat(factory(context.getBean(CacheService.class))).isSameAs(own);

            context.getBean(CacheService.class).close();
            assertThat(own.isRunning()).isTrue();
        });
    }

    @Test
    void with_an_address_our_connection_factory_is_no_bean() {
        runner.withPropertyValues(SHARED + "host=cache.example.org").run(context -> {
            assertThat(context).hasSingleBean(RedisConnectionFactory.class);
            assertThat(factory(context.getBean(CacheService.class)))
                    .isNotSameAs(context.getBean(RedisConnectionFactory.class));
        });
    }

    @Test
    void every_part_of_an_address_reaches_the_connection_factory() {
        runner.withPropertyValues(
                        SHARED + "host=cache.example.org",
                        SHARED + "port=6380",
                        SHARED + "db=3",
                        SHARED + "username=ada",
                        SHARED + "password=secret",
                        SHARED + "ssl=true",
                        SHARED + "socket-timeout=4s",
                        SHARED + "connect-timeout=3s")
                .run(context -> {
                    LettuceConnectionFactory factory = factory(context.getBean(CacheService.class));
                    assertThat(factory.getHostName()).isEqualTo("cache.example.org");
                    assertThat(factory.getPort()).isEqualTo(6380);
                    assertThat(factory.getDatabase()).isEqualTo(3);
                    assertThat(factory.getPassword()).isEqualTo("secret");
                    assertThat(factory.isUseSsl()).isTrue();
                    assertThat(factory.getTimeout()).isEqualTo(4_000);
                    SocketOptions socket = factory.getClientConfiguration()
                            .getClientOptions()
                            .orElseThrow()
                            .getSocketOptions();
                    assertThat(socket.getConnectTimeout()).isEqualTo(Duration.ofSeconds(3));
                });
    }

    @Test
    void a_url_a_cluster_and_sentinels_are_addresses() {
        runner.withPropertyValues(SHARED + "url=rediss://ada:secret@cache.example.org:6380/3")
                .run(context -> {
                    LettuceConnectionFactory factory = factory(context.getBean(CacheService.class));
                    assertThat(factory.getPort()).isEqualTo(6380);
                    assertThat(factory.isUseSsl()).isTrue();
                });
        runner.withPropertyValues(SHARED + "cluster.nodes=a:1,b:2").run(context -> assertThat(
                        factory(context.getBean(CacheService.class)).isClusterAware())
                .isTrue());
        runner.withPropertyValues(SHARED + "sentinel.master=main", SHARED + "sentinel.nodes=a:1")
                .run(context -> assertThat(
                                factory(context.getBean(CacheService.class)).isRedisSentinelAware())
                        .isTrue());
    }

    @Test
    void a_fixed_list_of_a_primary_and_its_replicas_is_refused_with_what_to_write_instead() {
        ApplicationContextRunner fixed = runner.withPropertyValues("spring.data.redis.masterreplica.nodes=a:1,b:2");

        fixed.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("spring.data.redis.masterreplica.nodes is 'a:1,b:2'")
                .hasMessageContaining("which of them is the primary")
                .hasMessageContaining(SHARED + "url")
                .hasMessageContaining(SHARED + "sentinel.master"));
        fixed.withPropertyValues(SHARED + "url=redis://a:1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sentinel.password=word                                        | url or host as well
            sentinel.username=watcher                                     | url or host as well
            host=a,sentinel.password=word                                 | sentinel.nodes as well
            sentinel.master=m,sentinel.nodes=a:1,sentinel.username=ada    | sentinel.password as well
            """)
    void access_to_sentinels_that_are_not_named_is_refused_and_says_no_password(String settings, String says) {
        ApplicationContextRunner configured = runner;
        for (String each : settings.split(",")) {
            configured = configured.withPropertyValues(SHARED + each);
        }
        configured.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining(SHARED + "sentinel.")
                .hasMessageContaining(says)
                .message()
                .doesNotContain("word'"));
    }

    @Test
    void a_weak_password_of_the_sentinels_is_refused_in_production() {
        runner.withPropertyValues(
                        "lexigram.cache.environment=production",
                        PASSWORD,
                        SHARED + "sentinel.master=main",
                        SHARED + "sentinel.nodes=localhost:1",
                        SHARED + "sentinel.password=changeme")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(SHARED + "sentinel.password is '***'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host=cache.example.org           | refused
            url=redis://cache.example.org    | refused
            cluster.nodes=a:1                | refused
            host=localhost                   | accepted
            url=redis://127.0.0.1:1234       | accepted
            url=rediss://cache.example.org   | accepted
            """)
    void an_unencrypted_connection_to_another_host_is_refused_in_production(String address, String outcome) {
        runner.withPropertyValues("lexigram.cache.environment=production", PASSWORD, SHARED + address)
                .run(context -> {
                    if (outcome.equals("refused")) {
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("lexigram.cache.backends.shared.ssl is 'false'")
                                .hasMessageContaining("rediss://")
                                .hasMessageContaining("allow-insecure: true");
                    } else {
                        assertThat(context).hasNotFailed();
                    }
                });
    }

    @Test
    void an_unencrypted_connection_is_accepted_where_that_is_allowed_or_it_is_not_production() {
        runner.withPropertyValues(
                        "spring.profiles.active=prod", PASSWORD, SHARED + "host=a", SHARED + "allow-insecure=true")
                .run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("lexigram.cache.environment=test", SHARED + "host=a")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void production_is_known_by_the_variable_and_by_the_profile() {
        runner.withPropertyValues("LEX_ENV=production", SHARED + "host=a")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("spring.profiles.active=prod", SHARED + "host=a")
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("LEX_ENV=test", "spring.profiles.active=prod", SHARED + "host=a")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "auto"})
    void a_read_may_be_told_to_ask_for_what_was_invalidated(String groupCheck) {
        runner.withPropertyValues(SHARED + "host=cache.example.org", SHARED + "group-check=" + groupCheck)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static LettuceConnectionFactory factory(CacheService cache) {
        return cache.unwrap(LettuceConnectionFactory.class);
    }
}
