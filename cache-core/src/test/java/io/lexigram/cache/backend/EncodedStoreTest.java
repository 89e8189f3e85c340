package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static io.lexigram.cache.backend.Stores.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.EntryStore.Contents;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.HeapBytes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodedStoreTest {

    private final Stores stores = new Stores();
    private final HeapBytes bytes = stores.bytes;
    private final EntryStore store = stores.open("users");

    @Test
    void an_entry_comes_back_with_all_that_was_known_of_it() {
        TypeRef<Map<String, List<LocalDate>>> type = new TypeRef<>() {};
        long now = stores.time.now().toEpochMilli();
        StoredEntry written = new StoredEntry(
                Map.of("a", List.of(LocalDate.EPOCH)), type, now, 1_500, 123_456, "v7", Set.of("x", "y:1"));

        store.write("42", written);
        StoredEntry read = store.read("42", type);

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("form", "origin.id")
                .isEqualTo(written);
        assertThat(read.expiresAtMillis()).isEqualTo(now + 1_500);
        assertThat(read.schema()).isEqualTo(type.schema());
        assertThat(bytes.physicalKeys()).containsExactly("app:users:{42}");
    }

    @Test
    void an_entry_without_end_comes_back_without_end() {
        store.write("k", stores.entry("v", TEXT, StoredEntry.NEVER));

        StoredEntry read = store.read("k", TEXT);

        assertThat(read.ttlMillis()).isEqualTo(StoredEntry.NEVER);
        assertThat(read.expiresAtMillis()).isEqualTo(StoredEntry.NEVER);
        assertThat(store.ttl("k")).isEqualTo(StoredEntry.NEVER);
    }

    @Test
    void null_and_bytes_and_absence_are_told_apart() {
        store.write("null", stores.text(null));
        store.write("empty", stores.entry(new byte[0], TypeRef.of(byte[].class), 1_000));
        store.write("bytes", stores.entry(new byte[] {1, -1}, TypeRef.of(byte[].class), 1_000));

        assertThat(store.read("null", TEXT).value()).isNull();
        assertThat(value(store.read("empty", TypeRef.of(byte[].class)))).isEqualTo(new byte[0]);
        assertThat(value(store.read("bytes", TypeRef.of(byte[].class)))).isEqualTo(new byte[] {1, -1});
        assertThat(value(store.read("bytes", TypeRef.of(Object.class)))).isEqualTo(new byte[] {1, -1});
        assertThat(store.read("other", TEXT)).isNull();
        assertThat(stores.reports).isEmpty();
    }

    @Test
    void bytes_are_stored_verbatim() {
        byte[] value = new byte[1_000];

        store.write("k", stores.entry(value, TypeRef.of(byte[].class), 1_000));

        assertThat(Envelope.read(bytes.held("app:users:{k}")).content().payload())
                .returns("bytes", Envelope.Payload::codec)
                .returns(1_000, Envelope.Payload::length);
    }

    @Test
    void a_value_of_a_declared_hierarchy_keeps_its_class_inside_a_list() {
        TypeRef<List<Animal>> type = new TypeRef<>() {};

        store.write("k", stores.entry(List.of(new Cat(9), new Dog("Rex")), type, 1_000));

        assertThat(value(store.read("k", type))).isEqualTo(List.of(new Cat(9), new Dog("Rex")));
    }

    @Test
    void a_value_whose_type_is_known_by_schema_only_is_written_as_its_class() {
        long now = stores.time.now().toEpochMilli();
        store.write("cat", new StoredEntry(new Cat(9), Cat.class.getTypeName(), now, 1_000, 0, null, Set.of()));
        store.write("any", new StoredEntry(List.of(1, "a"), StoredEntry.ANY_SCHEMA, now, 1_000, 0, null, Set.of()));

        assertThat(value(store.read("cat", TypeRef.of(Cat.class)))).isEqualTo(new Cat(9));
        assertThat(value(store.read("any", TypeRef.of(Object.class)))).isEqualTo(List.of(1, "a"));
        assertThat(value(store.read("any", new TypeRef<List<String>>() {}))).isEqualTo("absent");
    }

    @Test
    void optional_values_come_back_as_optionals() {
        TypeRef<Optional<String>> type = new TypeRef<>() {};
        store.write("some", stores.entry(Optional.of("x"), type, 1_000));
        store.write("none", stores.entry(Optional.empty(), type, 1_000));

        assertThat(value(store.read("some", type))).isEqualTo(Optional.of("x"));
        assertThat(value(store.read("none", type))).isEqualTo(Optional.empty());
    }

    @Test
    void an_entry_lives_to_the_last_millisecond_of_its_lifetime() {
        store.write("k", stores.entry("v", TEXT, 1_000));

        stores.time.advance(Duration.ofMillis(999));
        assertThat(store.contains("k")).isTrue();
        assertThat(store.ttl("k")).isEqualTo(1);
        stores.time.advance(Duration.ofMillis(1));

        assertThat(store.read("k", TEXT)).isNull();
        assertThat(store.contains("k")).isFalse();
        assertThat(store.ttl("k")).isEqualTo(-1);
        assertThat(store.remove("k")).isFalse();
    }

    @Test
    void the_lifetime_can_be_changed_and_shows_in_the_entry() {
        store.write("k", stores.entry("v", TEXT, 1_000));

        assertThat(store.expire("k", 5_000)).isTrue();
        assertThat(store.read("k", TEXT).expiresAtMillis())
                .isEqualTo(stores.time.now().toEpochMilli() + 5_000);
        assertThat(store.expire("k", StoredEntry.NEVER)).isTrue();
        assertThat(store.read("k", TEXT).expiresAtMillis()).isEqualTo(StoredEntry.NEVER);
        assertThat(store.expire("other", 5_000)).isFalse();
    }

    @Test
    void only_the_first_of_two_writes_if_absent_is_stored() {
        assertThat(store.writeIfAbsent("k", stores.text("first"))).isTrue();
        assertThat(store.writeIfAbsent("k", stores.text("second"))).isFalse();

        assertThat(value(store.read("k", TEXT))).isEqualTo("first");
    }

    @Test
    void a_batch_is_one_call_and_answers_in_the_order_of_the_request() {
        Map<String, StoredEntry> entries = new LinkedHashMap<>();
        entries.put("b", stores.text("2"));
        entries.put("a", stores.text("1"));
        entries.put("null", stores.text(null));

        store.writeMany(entries);
        Map<String, StoredEntry> read = store.readMany(List.of("null", "x", "a", "b"), TEXT);
        long removed = store.removeMany(List.of("a", "x", "b"));

        assertThat(read.keySet()).containsExactly("null", "a", "b");
        assertThat(read.get("a").value()).isEqualTo("1");
        assertThat(removed).isEqualTo(2);
        assertThat(bytes.calls).containsExactly("setMany", "getMany", "deleteMany");
    }

    @Test
    void an_empty_batch_asks_nobody() {
        store.writeMany(Map.of());

        assertThat(store.readMany(List.of(), TEXT)).isEmpty();
        assertThat(store.removeMany(List.of())).isZero();
        assertThat(bytes.calls).isEmpty();
    }

    @Test
    void a_lease_record_is_absent_and_stays() {
        bytes.hold("app:users:{k}", Envelope.lease(1, 2, 3, 4).toBytes());

        assertThat(store.read("k", TEXT)).isNull();
        assertThat(store.readMany(List.of("k"), TEXT)).isEmpty();
        assertThat(store.contains("k")).isFalse();
        assertThat(stores.reports).isEmpty();
        assertThat(bytes.held("app:users:{k}")).isNotNull();
    }

    @Test
    void a_counter_counts_and_is_read_as_a_number() {
        assertThat(store.increment("n", 5, 1_000)).isEqualTo(5);
        assertThat(store.increment("n", -7, 9_000)).isEqualTo(-2);

        assertThat(value(store.read("n", TypeRef.of(Long.class)))).isEqualTo(-2L);
        assertThat(value(store.read("n", TypeRef.of(Number.class)))).isEqualTo(-2L);
        assertThat(value(store.read("n", TypeRef.of(Object.class)))).isEqualTo(-2L);
        assertThat(store.ttl("n")).isEqualTo(1_000);
        assertThat(store.contains("n")).isTrue();
    }

    @Test
    void a_counter_whose_key_would_be_hashed_is_refused_for_no_pattern_would_find_it() {
        assertThatThrownBy(() -> store.increment("k".repeat(1_000), 1, 1_000))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("1000")
                .hasMessageContaining("shorter key");
    }

    @Test
    void a_counter_that_leaves_64_bits_is_refused_and_keeps_its_value() {
        store.increment("n", Long.MAX_VALUE, 1_000);

        assertThatThrownBy(() -> store.increment("n", 1, 1_000)).isInstanceOf(ArithmeticException.class);
        assertThat(value(store.read("n", TypeRef.of(Long.class)))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_value_is_no_counter() {
        store.write("k", stores.text("v"));

        assertThatThrownBy(() -> store.increment("k", 1, 1_000)).isInstanceOf(CacheSerializationException.class);
        assertThat(value(store.read("k", TEXT))).isEqualTo("v");
    }

    @Test
    void a_long_that_was_written_is_a_value_and_no_counter() {
        store.write("k", stores.entry(7L, TypeRef.of(Long.class), 1_000));

        assertThatThrownBy(() -> store.increment("k", 1, 1_000)).isInstanceOf(CacheSerializationException.class);
    }

    @Test
    void a_key_that_cannot_be_one_is_refused() {
        assertThatThrownBy(() -> store.read("", TEXT)).isInstanceOf(CacheKeyException.class);
    }

    @Test
    void nothing_is_known_of_the_contents_without_a_scan() {
        assertThat(store.contents()).isEqualTo(Contents.UNKNOWN);
        assertThat(store.cleanupExpired()).isZero();
        assertThat(bytes.calls).isEmpty();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cat.class, name = "cat"),
        @JsonSubTypes.Type(value = Dog.class, name = "dog")
    })
    interface Animal {}

    record Cat(int lives) implements Animal {}

    record Dog(String name) implements Animal {}
}
