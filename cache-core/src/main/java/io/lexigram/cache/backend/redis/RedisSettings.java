package io.lexigram.cache.backend.redis;

import io.lettuce.core.SslOptions;
import io.lexigram.cache.CacheConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Where a Redis is and how to get in. One of {@code url}, {@code host}, {@code clusterNodes} and {@code sentinelNodes} names
 * the place; without any it is {@code localhost}. What is set beside a URL wins over what the URL says.
 *
 * @param url {@code redis://user:password@host:port/database}, {@code rediss://} for TLS, or {@code redis-sentinel://}
 * @param port of the {@code host}
 * @param database null for the one of the URL, or 0; a cluster has no other
 * @param sslOptions certificates; null for those of the JVM
 * @param clusterNodes some of the nodes, as {@code host:port}
 * @param sentinelNodes the Sentinels, as {@code host:port}
 * @param sentinelUsername of the Sentinels themselves, where they want one
 * @param sentinelPassword of the Sentinels themselves; {@code password} is that of the servers they watch
 * @param commandTimeout the longest wait for an answer, and for a new connection to be usable
 * @param connectTimeout the longest wait for a connection to be accepted
 */
public record RedisSettings(
        @Nullable String url,
        @Nullable String host,
        int port,
        @Nullable Integer database,
        @Nullable String username,
        @Nullable String password,
        boolean ssl,
        @Nullable SslOptions sslOptions,
        List<String> clusterNodes,
        @Nullable String sentinelMaster,
        List<String> sentinelNodes,
        @Nullable String sentinelUsername,
        @Nullable String sentinelPassword,
        Duration commandTimeout,
        Duration connectTimeout) {

    /** @throws CacheConfigurationException when the settings contradict each other or are out of range */
    public RedisSettings {
        clusterNodes = List.copyOf(clusterNodes);
        sentinelNodes = List.copyOf(sentinelNodes);
        refuseTwoPlaces(url, host, clusterNodes, sentinelNodes);
        if (port < 1 || port > 65535) {
            throw new CacheConfigurationException("port", port, "write a number from 1 to 65535");
        }
        if (database != null && (database < 0 || database > 0 && !clusterNodes.isEmpty())) {
            throw new CacheConfigurationException(
                    "db", database, "write a number from 0 on, and leave it out with cluster nodes");
        }
        if ((sentinelMaster == null) != sentinelNodes.isEmpty()) {
            throw new CacheConfigurationException(
                    "sentinel.master", sentinelMaster, "write sentinel.master and sentinel.nodes, or neither");
        }
        boolean sentinels = !sentinelNodes.isEmpty() || url != null && url.contains("redis-sentinel:");
        if (sentinelPassword != null && !sentinels) {
            throw new CacheConfigurationException(
                    "sentinel.password",
                    "***",
                    "write sentinel.nodes as well, or the password of the server as password");
        }
        if (sentinelUsername != null && sentinelPassword == null) {
            throw new CacheConfigurationException(
                    "sentinel.username", sentinelUsername, "write sentinel.password as well");
        }
        refuseNotPositive("socket-timeout", commandTimeout);
        refuseNotPositive("connect-timeout", connectTimeout);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A factory for connections to this place. It is not started and connects to nothing. Who destroys it shuts down its
     * client resources as well.
     */
    public LettuceConnectionFactory connectionFactory() {
        return ConnectionFactories.create(this);
    }

    /** Tells where, and never how to get in. */
    @Override
    public String toString() {
        return "RedisSettings[" + place() + ", database=" + database + ", ssl=" + ssl + "]";
    }

    private String place() {
        if (url != null) {
            return "url=" + withoutCredentials(url);
        }
        if (!clusterNodes.isEmpty()) {
            return "clusterNodes=" + clusterNodes;
        }
        return sentinelNodes.isEmpty()
                ? "host=" + Objects.requireNonNullElse(host, Builder.DEFAULT_HOST) + ", port=" + port
                : "sentinelMaster=" + sentinelMaster + ", sentinelNodes=" + sentinelNodes;
    }

    static String withoutCredentials(String url) {
        int begin = url.indexOf("//");
        int end = url.lastIndexOf('@');
        return end > begin ? url.substring(0, begin < 0 ? 0 : begin + 2) + "***" + url.substring(end) : url;
    }

    private static void refuseTwoPlaces(
            @Nullable String url, @Nullable String host, List<String> clusterNodes, List<String> sentinelNodes) {
        long places = Stream.of(url != null, host != null, !clusterNodes.isEmpty(), !sentinelNodes.isEmpty())
                .filter(named -> named)
                .count();
        if (places > 1) {
            throw new CacheConfigurationException(
                    "url",
                    url == null ? null : withoutCredentials(url),
                    "host is '%s', cluster.nodes are %s and sentinel.nodes are %s; keep one of the four"
                            .formatted(host, clusterNodes, sentinelNodes));
        }
    }

    private static void refuseNotPositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new CacheConfigurationException(name, duration, "write a duration above zero, such as 5s");
        }
    }

    /** Settings with defaults: {@code localhost:6379}, 5 s for a command, 2 s for a connection. */
    public static final class Builder {

        static final String DEFAULT_HOST = "localhost";

        private @Nullable String url;
        private @Nullable String host;
        private int port = 6379;
        private @Nullable Integer database;
        private @Nullable String username;
        private @Nullable String password;
        private boolean ssl;
        private @Nullable SslOptions sslOptions;
        private List<String> clusterNodes = List.of();
        private @Nullable String sentinelMaster;
        private List<String> sentinelNodes = List.of();
        private @Nullable String sentinelUsername;
        private @Nullable String sentinelPassword;
        private Duration commandTimeout = Duration.ofSeconds(5);
        private Duration connectTimeout = Duration.ofSeconds(2);

        private Builder() {}

        public Builder url(@Nullable String url) {
            this.url = url;
            return this;
        }

        public Builder host(@Nullable String host) {
            this.host = host;
            return this;
        }

        public Builder port(int port) {
            this.port = port;
            return this;
        }

        public Builder database(@Nullable Integer database) {
            this.database = database;
            return this;
        }

        public Builder username(@Nullable String username) {
            this.username = username;
            return this;
        }

        public Builder password(@Nullable String password) {
            this.password = password;
            return this;
        }

        public Builder ssl(boolean ssl) {
            this.ssl = ssl;
            return this;
        }

        /** Certificates for TLS, which this alone does not turn on. */
        public Builder sslOptions(@Nullable SslOptions sslOptions) {
            this.sslOptions = sslOptions;
            return this;
        }

        public Builder clusterNodes(List<String> clusterNodes) {
            this.clusterNodes = clusterNodes;
            return this;
        }

        public Builder sentinel(@Nullable String master, List<String> nodes) {
            this.sentinelMaster = master;
            this.sentinelNodes = nodes;
            return this;
        }

        /** How to get in at the Sentinels themselves. */
        public Builder sentinelAccess(@Nullable String username, @Nullable String password) {
            this.sentinelUsername = username;
            this.sentinelPassword = password;
            return this;
        }

        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = commandTimeout;
            return this;
        }

        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** @throws CacheConfigurationException when the settings contradict each other or are out of range */
        public RedisSettings build() {
            return new RedisSettings(
                    url,
                    host,
                    port,
                    database,
                    username,
                    password,
                    ssl,
                    sslOptions,
                    clusterNodes,
                    sentinelMaster,
                    sentinelNodes,
                    sentinelUsername,
                    sentinelPassword,
                    commandTimeout,
                    connectTimeout);
        }
    }
}
