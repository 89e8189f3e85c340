package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.WithRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A backend on the shared server, and a second client that sees what the server holds. */
@WithRedis
abstract class RedisTest {

    static RedisBackend backend;
    static RedisCommands<byte[], byte[]> server;
    private static RedisClient client;

    @BeforeAll
    static void connect() {
        backend = backendOf(RedisServer.shared());
        client = RedisClient.create(RedisServer.shared().getUri());
        server = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    @AfterAll
    static void disconnect() {
        backend.close();
        client.shutdown();
    }

    static RedisBackend backendOf(RedisServer redis) {
        RedisSettings settings = RedisSettings.builder().url(redis.getUri()).build();
        return RedisBackend.connectingTo(settings, Entries.KEYS, TimeSource.SYSTEM, RedisConnectionListener.NONE);
    }

    /** How often the server was sent this command since its statistics were reset. */
    static long calls(String command) {
        String beginning = "cmdstat_" + command + ":calls=";
        return server.info("commandstats")
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToLong(line -> Long.parseLong(line.substring(beginning.length(), line.indexOf(','))))
                .sum();
    }
}
