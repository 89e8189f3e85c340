package io.lexigram.cache.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.SharedClient;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.MemcachedServer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.rubyeye.xmemcached.MemcachedClient;
import org.jspecify.annotations.Nullable;

/**
 * The Memcached of this JVM, with key prefixes that no other fixture has, emptied behind each. The time-outs are those of a
 * busy machine: what these laws are about is not how fast Memcached answers.
 */
class MemcachedFixture implements BackendFixture {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final MemcachedServer server = MemcachedServer.shared();
    private final String own = "contract-" + NUMBERS.incrementAndGet() + "-";

    @Override
    public String name() {
        return "memcached";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(
                Capability.MANUAL_CLOCK,
                Capability.MILLISECOND_TTL,
                Capability.HOLDS_EXPIRED,
                Capability.ENTRY_COUNT,
                Capability.ACCESS_MARKS,
                Capability.EXACT_ACCESS));
    }

    @Override
    public CacheBackend open(String partition) {
        KeyCodec keys = MemcachedBackend.keys(own + partition);
        return new EncodedBackend(backend(keys), keys, DEADLINE, TimeSource.SYSTEM);
    }

    /** One that is left open when it is closed. */
    MemcachedBackend backend(KeyCodec keys) {
        return SharedClient.backend(keys);
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return Set.of(MemcachedClient.class);
    }

    @Override
    public RawAccess raw(String partition) {
        KeyCodec keys = MemcachedBackend.keys(own + partition);
        MemcachedBackend raw = backend(keys);
        return new RawAccess() {
            @Override
            public byte @Nullable [] read(String namespace, String key) {
                return raw.get(keys.encode(namespace, key))
                        .toCompletableFuture()
                        .join();
            }

            @Override
            public void write(String namespace, String key, byte[] bytes) {
                raw.set(new ByteEntry(keys.encode(namespace, key), bytes, StoredEntry.NEVER, Set.of()), false)
                        .toCompletableFuture()
                        .join();
            }

            @Override
            public void writeOfAnotherKind(String namespace, String key) {
                write(namespace, key, "no kind of value".getBytes(UTF_8));
            }
        };
    }

    @Override
    public void close() {
        server.flush();
    }
}
