package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.protocol.AsyncCommand;
import io.lexigram.cache.CacheConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisSettingsTest {

    @Test
    void without_a_place_it_is_the_usual_port_of_this_machine() {
        LettuceConnectionFactory factory = factory(settings -> settings);

        assertThat(factory.getHostName()).isEqualTo("localhost");
        assertThat(factory.getPort()).isEqualTo(6379);
        assertThat(factory.getDatabase()).isZero();
        assertThat(factory.isRunning()).isFalse();
        assertThat(factory.getTimeout()).isEqualTo(5_000);
    }

    @Test
    void a_url_says_where_and_how_to_get_in() {
        LettuceConnectionFactory factory =
                factory(settings -> settings.url("rediss://user:p%40ss@redis.example:7000/3"));

        assertThat(factory.getHostName()).isEqualTo("redis.example");
        assertThat(factory.getPort()).isEqualTo(7000);
        assertThat(factory.getDatabase()).isEqualTo(3);
        assertThat(factory.getPassword()).isEqualTo("p@ss");
        assertThat(factory.isUseSsl()).isTrue();
    }

    @Test
    void what_is_set_beside_a_url_wins() {
        LettuceConnectionFactory factory = factory(settings -> settings.url("redis://user:url@h:7000/3?timeout=9s")
                .password("set")
                .database(4)
                .ssl(true));

        assertThat(factory.getPassword()).isEqualTo("set");
        assertThat(factory.getDatabase()).isEqualTo(4);
        assertThat(factory.isUseSsl()).isTrue();
        assertThat(factory.getTimeout()).isEqualTo(9_000);
    }

    @Test
    void host_and_database_and_credentials_go_to_the_server() {
        LettuceConnectionFactory factory = factory(settings ->
                settings.host("h").port(7000).database(2).password("secret").commandTimeout(Duration.ofMillis(700)));

        assertThat(factory.getHostName()).isEqualTo("h");
        assertThat(factory.getPort()).isEqualTo(7000);
        assertThat(factory.getDatabase()).isEqualTo(2);
        assertThat(factory.getPassword()).isEqualTo("secret");
        assertThat(factory.getTimeout()).isEqualTo(700);
    }

    @Test
    void cluster_nodes_make_a_cluster_and_sentinels_a_sentinel_group() {
        LettuceConnectionFactory cluster =
                factory(settings -> settings.clusterNodes(List.of("a:1", "b:2")).password("secret"));
        LettuceConnectionFactory sentinel = factory(
                settings -> settings.sentinel("main", List.of("a:1", "b:2")).database(5));

        assertThat(cluster.getClusterConfiguration().getClusterNodes()).hasSize(2);
        assertThat(cluster.getPassword()).isEqualTo("secret");
        assertThat(options(cluster)).isInstanceOf(ClusterClientOptions.class);
        assertThat(sentinel.getSentinelConfiguration().getMaster().getName()).isEqualTo("main");
        assertThat(sentinel.getDatabase()).isEqualTo(5);
    }

    @Test
    void the_client_refuses_commands_without_a_connection_repeats_none_and_gives_up_in_time() {
        for (LettuceConnectionFactory factory : List.of(
                factory(settings -> settings.connectTimeout(Duration.ofMillis(300))),
                factory(settings -> settings.clusterNodes(List.of("a:1")).connectTimeout(Duration.ofMillis(300))))) {
            ClientOptions options = options(factory);
            assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
            AsyncCommand<byte[], byte[], String> set = Commands.set(new byte[] {1}, new byte[0], 1);
            assertThat(options.getReplayFilter().test(set))
                    .as("whether a SET is left out of what is sent again")
                    .isTrue();
            assertThat(set).isCompletedExceptionally();
            assertThat(options.getTimeoutOptions().isTimeoutCommands()).isTrue();
            assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofMillis(300));
            assertThat(options.getSocketOptions().isKeepAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:hunter2@ho st:1",
                "http://user:hunter2@host",
                "redis://:hunter2@host:port",
                "user:hunter2@host",
                "redis://:hunter2@my_redis:6379",
                "redis://user:hunt/er2hunter2@host:x"
            })
    void a_url_that_cannot_be_one_is_refused_without_its_password(String url) {
        assertThatThrownBy(() -> factory(settings -> settings.url(url)))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("redis://host:port")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void settings_that_contradict_each_other_or_make_no_sense_are_refused() {
        assertRefused("cluster.nodes are [b:1]", settings -> settings.host("a").clusterNodes(List.of("b:1")));
        assertRefused(
                "host is 'a'", settings -> settings.url("redis://x:secret@b").host("a"));
        assertRefused("sentinel.nodes", settings -> settings.sentinel("main", List.of()));
        assertRefused("sentinel.nodes", settings -> settings.sentinel(null, List.of("a:1")));
        assertRefused("port is '0'", settings -> settings.port(0));
        assertRefused("port is '65536'", settings -> settings.port(65_536));
        assertRefused("db is '-1'", settings -> settings.database(-1));
        assertRefused("db is '1'", settings -> settings.database(1).clusterNodes(List.of("a:1")));
        assertRefused("socket-timeout", settings -> settings.commandTimeout(Duration.ZERO));
        assertRefused("connect-timeout", settings -> settings.connectTimeout(Duration.ofMillis(-1)));
        assertRefused("host:port", settings -> settings.clusterNodes(List.of("a:b:c")));
        assertRefused("host:port", settings -> settings.sentinel("main", List.of("a:b:c")));
    }

    @Test
    void settings_never_print_how_to_get_in() {
        RedisSettings url =
                RedisSettings.builder().url("redis://user:hunter2@h:1/2").build();
        RedisSettings host =
                RedisSettings.builder().host("h").password("hunter2").build();

        assertThat(url.toString()).contains("h:1/2").doesNotContain("hunter2");
        assertThat(host.toString()).contains("host=h").doesNotContain("hunter2");
    }

    private static void assertRefused(String words, UnaryOperator<RedisSettings.Builder> settings) {
        assertThatThrownBy(() -> factory(settings))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining(words)
                .message()
                .doesNotContain("secret");
    }

    private static LettuceConnectionFactory factory(UnaryOperator<RedisSettings.Builder> settings) {
        return settings.apply(RedisSettings.builder()).build().connectionFactory();
    }

    private static ClientOptions options(LettuceConnectionFactory factory) {
        return factory.getClientConfiguration().getClientOptions().orElseThrow();
    }
}
