package io.lexigram.cache.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.HeapBytes;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Bytes on the heap behind the adapter that every backend of bytes gets, by a clock that is moved. */
final class EncodedFixture implements BackendFixture {

    private final ManualTime time = new ManualTime();
    private final HeapBytes.Server server = new HeapBytes.Server(time.source());
    private final UnaryOperator<ByteBackend> wrapping;
    private final Set<Capability> lacking;

    EncodedFixture() {
        this(UnaryOperator.identity());
    }

    /** With something around the store of bytes. */
    EncodedFixture(UnaryOperator<ByteBackend> wrapping) {
        this(wrapping, EnumSet.noneOf(Capability.class));
    }

    private EncodedFixture(UnaryOperator<ByteBackend> wrapping, Set<Capability> lacking) {
        this.wrapping = wrapping;
        this.lacking = lacking;
    }

    /** A store with the four primitives and lifetimes: its batches are composed, and there is nothing else. */
    static EncodedFixture bare() {
        return new EncodedFixture(
                bytes -> Twisted.of(ByteBackend.class, bytes)
                        .seenAs(Set.of(ByteBackend.class, ByteBackend.Lifetimes.class)),
                EnumSet.of(Capability.KEY_SCAN, Capability.TAGS, Capability.COUNTERS, Capability.ACCESS_MARKS));
    }

    @Override
    public String name() {
        return lacking.isEmpty() ? "encoded" : "bare";
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(
                Capability.HOLDS_EXPIRED, Capability.ENTRY_COUNT, Capability.EXACT_ACCESS, Capability.VERSIONS));
        capabilities.removeAll(lacking);
        return capabilities;
    }

    @Override
    public TimeSource time() {
        return time.source();
    }

    @Override
    public void advance(Duration duration) {
        time.advance(duration);
    }

    @Override
    public CacheBackend open(String partition) {
        return new EncodedBackend(
                wrapping.apply(new HeapBytes(server)), new KeyCodec(partition), Duration.ofSeconds(10), time.source());
    }

    @Override
    public RawAccess raw(String partition) {
        KeyCodec keys = new KeyCodec(partition);
        HeapBytes bytes = new HeapBytes(server);
        return new RawAccess() {
            @Override
            public byte @Nullable [] read(String namespace, String key) {
                byte[] held = bytes.held(physical(namespace, key));
                return held == null ? null : held.clone();
            }

            @Override
            public void write(String namespace, String key, byte[] value) {
                bytes.hold(physical(namespace, key), value.clone());
            }

            @Override
            public void writeOfAnotherKind(String namespace, String key) {
                write(namespace, key, new byte[] {0});
            }

            private String physical(String namespace, String key) {
                return new String(keys.encode(namespace, key), ISO_8859_1);
            }
        };
    }
}
