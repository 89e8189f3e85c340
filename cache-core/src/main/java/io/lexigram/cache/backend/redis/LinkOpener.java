package io.lexigram.cache.backend.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Opens connections from a factory, whose life cycle it leaves alone unless the factory is owned. */
final class LinkOpener {

    private static final long SHUTDOWN_MILLIS = 100;

    private final LettuceConnectionFactory factory;
    private final boolean owned;
    private final ReentrantLock starting = new ReentrantLock();

    LinkOpener(LettuceConnectionFactory factory, boolean owned) {
        this.factory = factory;
        this.owned = owned;
    }

    /** Connects, and waits until that is done. The scripts are sent ahead of whatever follows. */
    Link open() {
        AbstractRedisClient client = started();
        Link link = client instanceof RedisClusterClient clusterClient
                ? linkTo(clusterClient)
                : Link.to(((RedisClient) client).connect(ByteArrayCodec.INSTANCE));
        for (Script script : Script.values()) {
            // One that is not taken now goes along with its first call.
            RedisFuture<String> unused = link.commands().scriptLoad(script.source());
        }
        return link;
    }

    private static Link linkTo(RedisClusterClient client) {
        Link link = Link.to(client.connect(ByteArrayCodec.INSTANCE), client);
        ClusterNodes nodes = link.nodes();
        if (nodes != null) {
            nodes.connect();
        }
        return link;
    }

    /** Opens a connection for messages, and waits until that is done. */
    LettuceEar openForMessages() {
        AbstractRedisClient client = started();
        return new LettuceEar(
                client instanceof RedisClusterClient clusterClient
                        ? clusterClient.connectPubSub(ByteArrayCodec.INSTANCE)
                        : ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE));
    }

    /** The name of the primary where Sentinels know it, else null. */
    @Nullable
    String sentinelMaster() {
        RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
        return sentinel == null || sentinel.getMaster() == null
                ? null
                : sentinel.getMaster().getName();
    }

    /** Opens a connection for messages to one of the Sentinels, and waits until that is done. */
    LettuceEar openToSentinel() {
        RedisClient client = (RedisClient) started();
        List<RedisURI> sentinels = SentinelUris.of(factory);
        RuntimeException last = new IllegalStateException("No Sentinel is configured");
        for (RedisURI sentinel : sentinels) {
            try {
                return new LettuceEar(client.connectPubSub(ByteArrayCodec.INSTANCE, sentinel));
            } catch (RedisException e) {
                last = e;
            }
        }
        throw last;
    }

    private AbstractRedisClient started() {
        if (owned) {
            // The factory refuses whoever asks while another starts it. Starting connects to nothing.
            starting.lock();
            try {
                factory.start();
            } finally {
                starting.unlock();
            }
        }
        return factory.getRequiredNativeClient();
    }

    LettuceConnectionFactory factory() {
        return factory;
    }

    /** The native client, or null while the factory is not started. */
    @Nullable
    AbstractRedisClient client() {
        return factory.isRunning() ? factory.getNativeClient() : null;
    }

    /** The place it connects to, without credentials. */
    String address() {
        RedisClusterConfiguration cluster = factory.getClusterConfiguration();
        if (cluster != null) {
            return "cluster "
                    + cluster.getClusterNodes().stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        RedisSentinelConfiguration sentinel = factory.getSentinelConfiguration();
        if (sentinel != null) {
            return "Sentinel master " + sentinelMaster();
        }
        RedisSocketConfiguration socket = factory.getSocketConfiguration();
        return socket == null ? factory.getHostName() + ":" + factory.getPort() : socket.getSocket();
    }

    private static void shutDown(ClientResources resources) {
        var unused = resources.shutdown(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    }

    void close() {
        if (owned) {
            factory.destroy();
            factory.getClientConfiguration().getClientResources().ifPresent(LinkOpener::shutDown);
        }
    }
}
