package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisURI;
import java.util.List;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Where the Sentinels of a factory are and how to get in, as the factory itself has it. */
final class SentinelUris {

    private SentinelUris() {}

    static List<RedisURI> of(LettuceConnectionFactory factory) {
        RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
        return sentinel == null
                ? List.of()
                : sentinel.getSentinels().stream()
                        .map(node -> of(node, sentinel, factory.getClientConfiguration()))
                        .toList();
    }

    private static RedisURI of(RedisNode node, RedisSentinelConfiguration sentinel, LettuceClientConfiguration client) {
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(node.getRequiredHost())
                .withPort(node.getPortOr(RedisNode.DEFAULT_SENTINEL_PORT))
                .withSsl(client.isUseSsl())
                .withStartTls(client.isStartTls())
                .withVerifyPeer(client.getVerifyMode())
                .withTimeout(client.getCommandTimeout());
        RedisPassword password = sentinel.getSentinelPassword();
        String user = sentinel.getSentinelUsername();
        if (password.isPresent() && user != null) {
            uri.withAuthentication(user, password.get());
        } else if (password.isPresent()) {
            uri.withPassword(password.get());
        }
        client.getRedisCredentialsProviderFactory()
                .ifPresent(
                        credentials -> uri.withAuthentication(credentials.createSentinelCredentialsProvider(sentinel)));
        return uri.build();
    }
}
