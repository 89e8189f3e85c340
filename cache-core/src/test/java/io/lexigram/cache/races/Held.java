package io.lexigram.cache.races;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** What the server holds under the key that is raced for, seen past all nodes. */
final class Held implements AutoCloseable {

    private final byte[] key;
    private final RedisClient client = RedisClient.create(RedisServer.shared().getUri());
    private final RedisCommands<byte[], byte[]> redis =
            client.connect(ByteArrayCodec.INSTANCE).sync();
    private final RedisBackend backend;
    private final ByteBackend.Leases leases;

    Held(String prefix, PlantedFault fault) {
        KeyCodec keys = new KeyCodec(prefix);
        this.key = keys.encode(Node.CACHE, Races.KEY);
        this.backend = RedisBackend.connectingTo(
                RedisSettings.builder().url(RedisServer.shared().getUri()).build(),
                keys,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        this.leases = (ByteBackend.Leases) fault.plantedIn(backend);
    }

    /** The token of the lease record; 0 where there is none. */
    long token() {
        byte[] bytes = redis.get(key);
        return bytes != null && Envelope.isLease(bytes) ? Envelope.leaseToken(bytes) : 0;
    }

    /** What is left of its life by the server's clock, in milliseconds; negative where there is nothing, or no end. */
    long millisLeft() {
        return redis.pttl(key);
    }

    /** Gives it another life, as if time had passed, or had not. */
    void live(Duration time) {
        redis.pexpire(key, time.toMillis());
    }

    /** Tries to store something with the lease of this token. @return whether it was stored */
    boolean fill(long token) {
        byte[] value = "late".getBytes(StandardCharsets.US_ASCII);
        return leases.fill(new ByteBackend.ByteEntry(key, value, StoredEntry.NEVER, Set.of()), token)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        backend.close();
        client.shutdown();
    }
}
