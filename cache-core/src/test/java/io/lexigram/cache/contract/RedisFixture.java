package io.lexigram.cache.contract;

import io.lettuce.core.KeyScanArgs;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A Redis of this JVM, with key prefixes that no other fixture has. Its keys go when it is closed; nobody else's are
 * touched. The deadline is that of a busy machine: what these laws are about is not how fast Redis answers.
 */
final class RedisFixture implements BackendFixture {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final RedisTopology topology;
    private final String own = "contract-" + NUMBERS.incrementAndGet() + "-";

    RedisFixture() {
        this(RedisTopology.SERVER);
    }

    RedisFixture(RedisTopology topology) {
        this.topology = topology;
    }

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
        RedisBackend redis =
                RedisBackend.using(topology.factory(), keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        return new EncodedBackend(redis, keys, DEADLINE, TimeSource.SYSTEM);
    }

    /** Loads are counted in this process, wherever the server is: it is enough to look once. */
    @Override
    public boolean countsLoads() {
        return topology == RedisTopology.SERVER;
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return topology.nativeTypes();
    }

    @Override
    public RawAccess raw(String partition) {
        KeyCodec keys = new KeyCodec(own + partition);
        return new RawAccess() {
            @Override
            public byte @Nullable [] read(String namespace, String key) {
                return topology.raw().get(keys.encode(namespace, key));
            }

            @Override
            public void write(String namespace, String key, byte[] bytes) {
                topology.raw().set(keys.encode(namespace, key), bytes);
            }

            @Override
            public void writeOfAnotherKind(String namespace, String key) {
                topology.raw().rpush(keys.encode(namespace, key), new byte[] {1});
            }
        };
    }

    @Override
    public void close() {
        ScanArgs mine = KeyScanArgs.Builder.limit(1_000).match(own + "*", StandardCharsets.US_ASCII);
        List<byte[]> keys = new ArrayList<>();
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            KeyScanCursor<byte[]> page = topology.raw().scan(cursor, mine);
            keys.addAll(page.getKeys());
            cursor = page;
        }
        if (!keys.isEmpty()) {
            topology.raw().unlink(keys.toArray(byte[][]::new));
        }
    }
}
