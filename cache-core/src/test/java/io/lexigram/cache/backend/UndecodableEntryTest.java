package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.HeapBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndecodableEntryTest {

    private static final String PHYSICAL = "app:users:{k}";

    private final Stores stores = new Stores();
    private final HeapBytes bytes = stores.bytes;
    private final EntryStore store = stores.open("users");

    @Test
    void a_corrupt_entry_is_reported_once_removed_and_absent() {
        byte[] held = written();
        held[held.length - 1] ^= 1;

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("checksum");
        assertThat(store.read("k", TEXT)).isNull();
    }

    @Test
    void a_truncated_entry_is_undecodable() {
        bytes.hold(PHYSICAL, Arrays.copyOf(written(), 100));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("checksum");
    }

    @Test
    void an_entry_of_a_newer_format_is_undecodable() {
        written()[Envelope.OFFSET_FORMAT] = 2;

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("format 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\":1}", "text", "12.5", "99999999999999999999"})
    void what_is_no_envelope_is_undecodable(String foreign) {
        bytes.hold(PHYSICAL, foreign.getBytes(UTF_8));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("no envelope");
    }

    @Test
    void an_entry_of_another_type_is_undecodable() {
        store.write("k", stores.entry(7, TypeRef.of(Integer.class), 1_000));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("java.lang.Integer");
    }

    @Test
    void a_null_of_another_type_is_undecodable() {
        store.write("k", stores.entry(null, TypeRef.of(Integer.class), 1_000));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("java.lang.Integer");
    }

    @Test
    void an_entry_of_another_schema_version_is_undecodable() {
        EntryStore v2 = stores.backend.open(stores.spec("users", new JsonCodec(), "2"));
        v2.write("k", stores.text("v"));
        assertThat(value(v2.read("k", TEXT))).isEqualTo("v");

        assertThat(store.read("k", TypeRef.of(Object.class))).isNull();
        assertUndecodable("schema version '2' instead of ''");
    }

    @Test
    void an_entry_without_schema_version_is_undecodable_where_one_is_asked_for() {
        written();
        EntryStore v2 = stores.backend.open(stores.spec("users", new JsonCodec(), "2@x"));

        assertThat(v2.read("k", TEXT)).isNull();
        assertUndecodable("schema version '' instead of '2@x'");
    }

    @Test
    void a_plain_value_is_readable_only_in_its_schema_version() {
        EntryStore v2 = stores.backend.open(stores.spec("users", new JsonCodec(), "2@x"));
        v2.write("k", new StoredEntry("v", StoredEntry.ANY_SCHEMA, 0, 60_000, 0, null, Set.of()));

        StoredEntry read = v2.read("k", TEXT);

        assertThat(value(read)).isEqualTo("v");
        assertThat(read.schema()).isEqualTo(StoredEntry.ANY_SCHEMA);
        assertThat(store.read("k", TEXT)).isNull();
    }

    @Test
    void a_copy_of_another_keys_entry_is_undecodable() {
        store.write("other", stores.text("secret"));
        bytes.hold(PHYSICAL, bytes.held("app:users:{other}"));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("another key");
    }

    @Test
    void a_copy_of_another_namespaces_entry_is_undecodable() {
        stores.open("admins").write("k", stores.text("secret"));
        bytes.hold(PHYSICAL, bytes.held("app:admins:{k}"));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("another key");
    }

    @Test
    void an_entry_of_an_unknown_codec_is_undecodable() {
        stores.backend.open(stores.spec("users", new Shouting(), "")).write("k", stores.text("v"));

        assertThat(store.read("k", TEXT)).isNull();
        assertUndecodable("codec 'shouting'");
    }

    @Test
    void a_codec_that_reads_another_class_or_throws_what_it_likes_spoils_nothing() {
        EntryStore shouting = stores.backend.open(stores.spec("users", new Shouting(), ""));
        shouting.write("k", stores.entry(5, TypeRef.of(Integer.class), 1_000));
        shouting.write("l", stores.entry(true, TypeRef.of(Boolean.class), 1_000));

        assertThat(shouting.read("k", TypeRef.of(Integer.class))).isNull();
        assertUndecodable("not as java.lang.Integer but as java.lang.String");
        assertThat(shouting.read("l", TypeRef.of(Boolean.class))).isNull();
        assertThat(stores.reports.get("l")).hasMessageContaining("IllegalStateException");
    }

    @Test
    void a_broken_entry_spoils_none_of_its_batch() {
        store.write("a", stores.text("1"));
        written()[70] ^= 1;
        store.write("z", stores.text("2"));
        bytes.calls.clear();

        Map<String, StoredEntry> read = store.readMany(List.of("a", "k", "z"), TEXT);

        assertThat(read.keySet()).containsExactly("a", "z");
        assertUndecodable("checksum");
        assertThat(bytes.calls).containsExactly("getMany", "deleteMany");
    }

    @Test
    void a_counter_read_as_something_else_is_reported_and_stays() {
        store.increment("k", 3, 1_000);

        assertThat(store.read("k", TEXT)).isNull();
        assertThat(stores.reports.get("k")).hasMessageContaining("#counter");
        assertThat(store.increment("k", 1, 1_000)).isEqualTo(4);
    }

    @Test
    void an_undecodable_entry_is_absent_even_where_it_cannot_be_removed() {
        ByteBackend undeletable = new HeapBytes(stores.time.source()) {
            @Override
            public CompletionStage<byte[]> get(byte[] key) {
                return CompletableFuture.completedFuture("junk".getBytes(UTF_8));
            }

            @Override
            public CompletionStage<Long> deleteMany(List<byte[]> keys) {
                return CompletableFuture.failedFuture(new CacheBackendException("read-only"));
            }
        };
        EntryStore broken =
                stores.backend(undeletable, Duration.ofSeconds(5)).open(stores.spec("users", new JsonCodec(), ""));

        assertThatCode(() -> assertThat(broken.read("k", TEXT)).isNull()).doesNotThrowAnyException();
        assertThat(stores.reports).containsOnlyKeys("k");
    }

    private byte[] written() {
        store.write("k", stores.text("a value of some length, so that there is something to cut off from it"));
        return bytes.held(PHYSICAL);
    }

    private void assertUndecodable(String reason) {
        assertThat(stores.reports).containsOnlyKeys("k");
        assertThat(stores.reports.get("k")).hasMessageContaining(reason).hasMessageNotContaining("secret");
        assertThat(bytes.held(PHYSICAL)).isNull();
    }

    /** Writes anything, reads text only, and does not know the rules for failing. */
    private static final class Shouting implements Codec {

        @Override
        public String name() {
            return "shouting";
        }

        @Override
        public byte[] encode(Object value, TypeRef<?> type) {
            return value.toString().toUpperCase(Locale.ROOT).getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
            if (type.rawType() == Boolean.class) {
                throw new IllegalStateException("secret");
            }
            return new String(bytes, offset, length, UTF_8);
        }
    }
}
