package io.lexigram.cache.autoconfigure.backend;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.BackendProperties.Sentinel;
import io.lexigram.cache.autoconfigure.CacheEnvironment;
import io.lexigram.cache.backend.redis.RedisSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the properties of a Redis backend say that the server is, and how to get in. */
final class RedisAddress {

    private final BackendContext context;
    private final BackendProperties properties;
    private final List<String> clusterNodes;
    private final List<String> sentinelNodes;
    private final @Nullable Sentinel sentinel;

    RedisAddress(BackendContext context) {
        this.context = context;
        this.properties = context.properties();
        this.clusterNodes =
                properties.cluster() == null ? List.of() : properties.cluster().nodes();
        this.sentinel = properties.sentinel();
        this.sentinelNodes = sentinel == null ? List.of() : sentinel.nodes();
    }

    /** Whether there is one; without it the application's own connection is meant. */
    boolean isNamed() {
        boolean named = properties.url() != null
                || properties.host() != null
                || !clusterNodes.isEmpty()
                || !sentinelNodes.isEmpty();
        if (!named) {
            refuseStray("port", properties.port());
            refuseStray("db", properties.db());
            refuseStray("username", properties.username());
            refuseStray("password", properties.password() == null ? null : "***");
            refuseStray("sentinel.username", sentinel == null ? null : sentinel.username());
            refuseStray("sentinel.password", sentinel == null || sentinel.password() == null ? null : "***");
            refuseStray("ssl", properties.ssl());
            refuseStray("ssl-bundle", properties.sslBundle());
        }
        return named;
    }

    private void refuseStray(String property, @Nullable Object value) {
        if (value != null) {
            throw context.refused(
                    property,
                    value,
                    "it says how to get in, and nothing says where",
                    "Write url or host as well, or configure spring.data.redis and remove it here.");
        }
    }

    RedisSettings settings(Function<String, SslOptions> sslBundles) {
        String bundle = properties.sslBundle();
        RedisSettings.Builder settings = RedisSettings.builder()
                .url(properties.url())
                .host(properties.host())
                .database(properties.db())
                .username(properties.username())
                .password(properties.password())
                .ssl(Boolean.TRUE.equals(properties.ssl()) || bundle != null)
                .sslOptions(bundle == null ? null : sslBundles.apply(bundle))
                .clusterNodes(clusterNodes)
                .sentinel(sentinel == null ? null : sentinel.master(), sentinelNodes)
                .sentinelAccess(
                        sentinel == null ? null : sentinel.username(), sentinel == null ? null : sentinel.password())
                .commandTimeout(properties.socketTimeout())
                .connectTimeout(properties.connectTimeout());
        if (properties.port() != null) {
            settings.port(properties.port());
        }
        return settings.build();
    }

    /** Refuses, in production, to send keys, values and the password over a network in the clear. */
    void checkEncryption(RedisSettings settings) {
        RedisURI uri = settings.url() == null ? null : RedisURI.create(settings.url());
        boolean encrypted = settings.ssl() || uri != null && uri.isSsl();
        if (context.environment() != CacheEnvironment.PRODUCTION || encrypted || properties.allowInsecure()) {
            return;
        }
        hosts(uri).filter(host -> !LoopbackHosts.contain(host)).findFirst().ifPresent(host -> {
            throw context.refused(
                    "ssl",
                    Boolean.TRUE.equals(properties.ssl()),
                    "the connection of backend '" + context.name() + "' to " + host
                            + " would not be encrypted, and this is production",
                    "Write ssl: true (or a url with rediss://), or allow-insecure: true if nobody else can listen there.");
        });
    }

    private Stream<String> hosts(@Nullable RedisURI uri) {
        List<String> hosts = new ArrayList<>();
        if (uri != null) {
            uri.getSentinels().forEach(sentinel -> hosts.add(sentinel.getHost()));
            if (uri.getHost() != null) {
                hosts.add(uri.getHost());
            }
        }
        if (properties.host() != null) {
            hosts.add(properties.host());
        }
        Stream.concat(clusterNodes.stream(), sentinelNodes.stream())
                .forEach(node -> hosts.add(node.substring(0, Math.max(0, node.lastIndexOf(':')))));
        return hosts.stream();
    }
}
