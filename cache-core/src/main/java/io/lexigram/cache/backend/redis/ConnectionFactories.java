package io.lexigram.cache.backend.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lexigram.cache.CacheConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connection factories as a cache wants them: commands are refused while there is no connection, time out, and are never sent
 * again after a reconnect, for a write that comes late would undo what was written meanwhile.
 */
final class ConnectionFactories {

    /** Between Lettuce's attempts to reconnect a node of a cluster. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    /** Between two looks at who has which slots, where something hints at a change, and where nothing does. */
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

    private static final Duration REGULAR_REFRESH = Duration.ofSeconds(30);

    private ConnectionFactories() {}

    static LettuceConnectionFactory create(RedisSettings settings) {
        RedisURI uri = parse(settings.url());
        RedisConfiguration place = place(settings, uri);
        enter(place, settings);
        LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
                .clientOptions(settings.clusterNodes().isEmpty() ? options(settings) : clusterOptions(settings))
                .clientResources(DefaultClientResources.builder()
                        .reconnectDelay(Delay.exponential(Duration.ZERO, LONGEST_DELAY, 2, TimeUnit.MILLISECONDS))
                        .nettyCustomizer(new SharedFlushes())
                        .build())
                .commandTimeout(settings.commandTimeout());
        if (uri != null) {
            client.apply(uri);
        }
        if (settings.ssl()) {
            client.useSsl();
        }
        LettuceConnectionFactory factory = new LettuceConnectionFactory(place, client.build());
        factory.setEarlyStartup(false);
        return factory;
    }

    /** Without the cause of a refusal, whose message holds the password. */
    private static @Nullable RedisURI parse(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            RedisURI uri = RedisURI.create(url);
            if (!isHostAndMore(uri.getHost())) {
                return uri;
            }
        } catch (RuntimeException e) {
            throw refused(url);
        }
        throw refused(url);
    }

    /** What cannot be read as host and port is taken for a host as a whole. An IPv6 address has more colons than one. */
    private static boolean isHostAndMore(@Nullable String host) {
        return host != null && host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
    }

    private static CacheConfigurationException refused(String url) {
        return new CacheConfigurationException(
                "url",
                RedisSettings.withoutCredentials(url),
                "write redis://host:port, with special characters of a password percent-encoded;"
                        + " a host name with an underscore goes into host and port instead");
    }

    private static RedisConfiguration place(RedisSettings settings, @Nullable RedisURI uri) {
        if (uri != null) {
            return LettuceConnectionFactory.createRedisConfiguration(uri);
        }
        if (!settings.clusterNodes().isEmpty()) {
            return nodes("cluster.nodes", settings.clusterNodes(), RedisClusterConfiguration::new);
        }
        String master = settings.sentinelMaster();
        if (master != null) {
            return nodes(
                    "sentinel.nodes",
                    settings.sentinelNodes(),
                    nodes -> new RedisSentinelConfiguration(master, Set.copyOf(nodes)));
        }
        return new RedisStandaloneConfiguration(
                Objects.requireNonNullElse(settings.host(), RedisSettings.Builder.DEFAULT_HOST), settings.port());
    }

    private static RedisConfiguration nodes(
            String setting, List<String> nodes, Function<List<String>, RedisConfiguration> make) {
        try {
            return make.apply(nodes);
        } catch (IllegalArgumentException e) {
            throw new CacheConfigurationException(setting, nodes, "write each as host:port");
        }
    }

    private static void enter(RedisConfiguration place, RedisSettings settings) {
        if (place instanceof RedisConfiguration.WithAuthentication door) {
            if (settings.username() != null) {
                door.setUsername(settings.username());
            }
            if (settings.password() != null) {
                door.setPassword(settings.password());
            }
        }
        if (place instanceof RedisSentinelConfiguration sentinels && settings.sentinelPassword() != null) {
            sentinels.setSentinelUsername(settings.sentinelUsername());
            sentinels.setSentinelPassword(settings.sentinelPassword());
        }
        if (place instanceof RedisConfiguration.WithDatabaseIndex databases && settings.database() != null) {
            databases.setDatabase(settings.database());
        }
    }

    /** Lettuce asks whether to leave a command out of what is sent again, and would then forget it without an answer. */
    private static boolean failInsteadOfReplay(@Nullable RedisCommand<?, ?, ?> command) {
        if (command != null) {
            command.completeExceptionally(new RedisException("The connection broke before the command was sent"));
        }
        return true;
    }

    private static ClientOptions options(RedisSettings settings) {
        return configure(ClientOptions.builder(), settings).build();
    }

    private static ClientOptions clusterOptions(RedisSettings settings) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        configure(builder, settings);
        return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(SHORTEST_REFRESH)
                        .enablePeriodicRefresh(REGULAR_REFRESH)
                        .build())
                .build();
    }

    private static ClientOptions.Builder configure(ClientOptions.Builder builder, RedisSettings settings) {
        if (settings.sslOptions() != null) {
            builder.sslOptions(settings.sslOptions());
        }
        return builder.autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(ConnectionFactories::failInsteadOfReplay)
                .timeoutOptions(TimeoutOptions.enabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .keepAlive(KeepAliveOptions.builder().enable().build())
                        .build());
    }
}
