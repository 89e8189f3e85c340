package io.lexigram.cache.contract;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.SentinelTrio;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The ways in which Redis comes, each shared by a JVM. Connected once: making a client takes longer than most laws. */
enum RedisTopology {
    SERVER(RedisClient.class, StatefulRedisConnection.class) {
        @Override
        RedisSettings settings() {
            return RedisSettings.builder().url(RedisServer.shared().getUri()).build();
        }

        @Override
        RedisClusterCommands<byte[], byte[]> connect() {
            return RedisClient.create(RedisServer.shared().getUri())
                    .connect(ByteArrayCodec.INSTANCE)
                    .sync();
        }
    },
    SENTINEL(RedisClient.class, StatefulRedisConnection.class) {
        @Override
        RedisSettings settings() {
            return RedisSettings.builder()
                    .sentinel(SentinelTrio.MASTER, SentinelTrio.shared().sentinels())
                    .build();
        }

        @Override
        RedisClusterCommands<byte[], byte[]> connect() {
            return RedisClient.create(SentinelTrio.shared().primary().getUri())
                    .connect(ByteArrayCodec.INSTANCE)
                    .sync();
        }
    },
    CLUSTER(RedisClusterClient.class, StatefulRedisClusterConnection.class) {
        @Override
        RedisSettings settings() {
            return RedisSettings.builder()
                    .clusterNodes(RedisCluster.shared().seeds())
                    .build();
        }

        @Override
        RedisClusterCommands<byte[], byte[]> connect() {
            return RedisClusterClient.create(RedisURI.create(
                            "redis://" + RedisCluster.shared().seeds().get(0)))
                    .connect(ByteArrayCodec.INSTANCE)
                    .sync();
        }
    };

    private final Set<Class<?>> nativeTypes;
    private @Nullable LettuceConnectionFactory factory;
    private @Nullable RedisClusterCommands<byte[], byte[]> raw;

    RedisTopology(Class<?> client, Class<?> connection) {
        this.nativeTypes = Set.of(LettuceConnectionFactory.class, client, connection);
    }

    abstract RedisSettings settings();

    abstract RedisClusterCommands<byte[], byte[]> connect();

    Set<Class<?>> nativeTypes() {
        return nativeTypes;
    }

    synchronized LettuceConnectionFactory factory() {
        if (factory == null) {
            factory = settings().connectionFactory();
            factory.start();
        }
        return factory;
    }

    /** A connection of the test's own. */
    synchronized RedisClusterCommands<byte[], byte[]> raw() {
        if (raw == null) {
            raw = connect();
        }
        return raw;
    }
}
