package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties.Sentinel;
import io.lexigram.cache.autoconfigure.CacheEnvironment;
import io.lexigram.cache.autoconfigure.CacheSettingException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Whether a connection to Redis is protected as production wants it. */
final class RedisAccess {

    private RedisAccess() {}

    /** Refuses a missing or weak password of our own connection, also one that stands in the url; of Sentinels a weak one. */
    static void checkOwn(BackendContext context, @Nullable LettuceConnectionFactory factory) {
        if (factory != null) {
            context.checkPassword(context.setting("password"), factory.getPassword());
            Sentinel sentinel = context.properties().sentinel();
            if (sentinel != null && sentinel.password() != null) {
                context.checkPassword(context.setting("sentinel.password"), sentinel.password());
            }
        }
    }

    /** The application's connection carries the same keys and values, and is held to the same. */
    static void checkApplications(BackendContext context, LettuceConnectionFactory factory) {
        if (context.environment() != CacheEnvironment.PRODUCTION) {
            return;
        }
        if (!factory.isUseSsl() && !context.properties().allowInsecure()) {
            hosts(factory).stream()
                    .filter(host -> !LoopbackHosts.contain(host))
                    .findFirst()
                    .ifPresent(host -> {
                        throw unencrypted(context, host);
                    });
        }
        boolean hasCredentialsOfAnotherKind = factory.getClientConfiguration()
                .getRedisCredentialsProviderFactory()
                .isPresent();
        if (!hasCredentialsOfAnotherKind) {
            context.checkPassword("spring.data.redis.password", factory.getPassword());
        }
    }

    private static CacheSettingException unencrypted(BackendContext context, String host) {
        return new CacheSettingException(
                "spring.data.redis.ssl.enabled",
                false,
                "the connection of backend '" + context.name() + "' to " + host
                        + " would not be encrypted, and this is production",
                "Write spring.data.redis.ssl.enabled: true, or " + context.setting("allow-insecure")
                        + ": true if nobody else can listen there.");
    }

    private static List<String> hosts(LettuceConnectionFactory factory) {
        if (factory.getClusterConfiguration() != null) {
            return hosts(factory.getClusterConfiguration().getClusterNodes());
        }
        if (factory.getSentinelConfiguration() != null) {
            return hosts(factory.getSentinelConfiguration().getSentinels());
        }
        return factory.getSocketConfiguration() == null ? List.of(factory.getHostName()) : List.of();
    }

    private static List<String> hosts(Collection<RedisNode> nodes) {
        return nodes.stream()
                .map(node -> node.getHost() == null ? "" : node.getHost())
                .toList();
    }
}
