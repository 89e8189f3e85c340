package io.lexigram.cache.contract;

import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The Redis of this JVM, with key prefixes that no other fixture has. Its keys go when it is closed; nobody else's are
 * touched. The deadline is that of a busy machine: what these laws are about is not how fast Redis answers.
 */
final class RedisFixture implements BackendFixture {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String own = "contract-" + NUMBERS.incrementAndGet() + "-";

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(
                Capability.MANUAL_CLOCK, Capability.HOLDS_EXPIRED, Capability.ENTRY_COUNT, Capability.EXACT_ACCESS));
    }

    @Override
    public CacheBackend open(String partition) {
        KeyCodec keys = new KeyCodec(own + partition);
        RedisBackend redis = RedisBackend.using(Clients.FACTORY, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        return new EncodedBackend(redis, keys, DEADLINE, TimeSource.SYSTEM);
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return Set.of(LettuceConnectionFactory.class, RedisClient.class, StatefulRedisConnection.class);
    }

    @Override
    public RawAccess raw(String partition) {
        KeyCodec keys = new KeyCodec(own + partition);
        return new RawAccess() {
            @Override
            public byte @Nullable [] read(String namespace, String key) {
                return Clients.RAW.get(keys.encode(namespace, key));
            }

            @Override
            public void write(String namespace, String key, byte[] bytes) {
                Clients.RAW.set(keys.encode(namespace, key), bytes);
            }

            @Override
            public void writeOfAnotherKind(String namespace, String key) {
                Clients.RAW.rpush(keys.encode(namespace, key), new byte[] {1});
            }
        };
    }

    @Override
    public void close() {
        ScanArgs mine = KeyScanArgs.Builder.limit(1_000).match(own + "*", StandardCharsets.US_ASCII);
        List<byte[]> keys = new ArrayList<>();
        ScanIterator.scan(Clients.RAW, mine).forEachRemaining(keys::add);
        if (!keys.isEmpty()) {
            Clients.RAW.unlink(keys.toArray(byte[][]::new));
        }
    }

    /** Connected once per JVM: making a client takes longer than most laws. */
    private static final class Clients {

        static final LettuceConnectionFactory FACTORY = factory();
        static final RedisCommands<byte[], byte[]> RAW = RedisClient.create(
                        RedisServer.shared().getUri())
                .connect(ByteArrayCodec.INSTANCE)
                .sync();

        private Clients() {}

        private static LettuceConnectionFactory factory() {
            LettuceConnectionFactory factory = RedisSettings.builder()
                    .url(RedisServer.shared().getUri())
                    .build()
                    .connectionFactory();
            factory.start();
            return factory;
        }
    }
}
