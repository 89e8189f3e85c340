package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.testing.HeapBytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CapabilityTest {

    private final Stores stores = new Stores();
    private final EncodedBackend backend = stores.backend(new Primitive(stores.bytes), Duration.ofSeconds(20));
    private final EntryStore store = backend.open(stores.spec("users", new JsonCodec(), ""));

    @Test
    void batches_are_composed_of_the_four_primitives() {
        store.writeMany(Map.of("a", stores.text("1"), "b", stores.text("2")));

        assertThat(store.readMany(List.of("b", "x", "a"), TEXT).keySet()).containsExactly("b", "a");
        assertThat(store.removeMany(List.of("a", "x"))).isEqualTo(1);
        assertThat(backend.removeMany(List.of(CacheKey.of("b").in("users")))).isEqualTo(1);
    }

    @Test
    void presence_is_told_by_a_read() {
        store.write("k", stores.text(null));
        stores.bytes.hold("app:users:{lease}", Envelope.lease(1, 2, 3, 4).toBytes());

        assertThat(store.contains("k")).isTrue();
        assertThat(store.contains("x")).isFalse();
        assertThat(store.contains("lease")).isFalse();
    }

    @Test
    void accesses_are_not_noted() {
        store.write("k", stores.text("v"));
        stores.bytes.calls.clear();

        store.accessed("k", stores.text("v"));
        store.close();

        assertThat(stores.bytes.calls).isEmpty();
        assertThat(value(store.read("k", TEXT))).isEqualTo("v");
    }

    @Test
    void what_cannot_be_composed_is_refused_with_the_capability_it_needs() {
        Map<ThrowingCallable, String> operations = Map.of(
                () -> store.expire("k", 1),
                "Lifetimes",
                () -> store.ttl("k"),
                "Lifetimes",
                () -> store.increment("k", 1, 1),
                "Counters",
                () -> store.keys(key -> true, ""),
                "KeyScan",
                () -> store.removeMatching(key -> true, ""),
                "KeyScan",
                store::clear,
                "KeyScan",
                backend::clear,
                "KeyScan",
                () -> backend.removeNamespace("users"),
                "KeyScan",
                () -> store.removeTagged("t"),
                "TagIndex",
                () -> backend.removeTagged("t"),
                "TagIndex");

        operations.forEach((operation, capability) -> assertThatThrownBy(operation)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("A backend of type 'primitive' cannot ")
                .hasMessageContaining(capability));
    }

    @Test
    void the_native_object_is_the_backends() {
        assertThat(backend.unwrap(HeapBytes.class)).isSameAs(stores.bytes);
        assertThat(store.unwrap(HeapBytes.class)).isSameAs(stores.bytes);
        assertThat(backend.unwrap(String.class)).isNull();
        assertThat(backend.isLocal()).isFalse();

        backend.close();

        assertThat(stores.bytes.calls).contains("close");
    }

    /** The four primitives of a backend and nothing else. */
    private record Primitive(HeapBytes bytes) implements ByteBackend {

        @Override
        public String type() {
            return "primitive";
        }

        @Override
        public CompletionStage<byte[]> get(byte[] key) {
            return bytes.get(key);
        }

        @Override
        public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
            return bytes.set(entry, ifAbsent);
        }

        @Override
        public CompletionStage<Boolean> delete(byte[] key) {
            return bytes.delete(key);
        }

        @Override
        public CompletionStage<Void> ping() {
            return bytes.ping();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.isInstance(bytes) ? type.cast(bytes) : null;
        }

        @Override
        public void close() {
            bytes.close();
        }
    }
}
