package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many keys at once are many keys one by one: in the order asked, each once, none forgotten. */
abstract class BatchContract extends Laws {

    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private static Map<String, String> values(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(7));
        Map<String, String> values = new LinkedHashMap<>();
        numbers.forEach(i -> values.put("key-" + i, "value-" + i));
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000})
    void a_batch_of_any_size_is_stored_read_in_order_and_removed(int size) {
        Map<String, String> values = values(size);
        texts.putMany(values);
        List<String> asked = new ArrayList<>(values.keySet());
        Collections.reverse(asked);

        BatchResult<String> read = texts.getMany(asked);

        assertThat(read.found()).hasSize(size).containsAllEntriesOf(values);
        assertThat(read.lookups().keySet()).containsExactlyElementsOf(asked);
        assertThat(read.missing()).isEmpty();
        assertThat(read.failed()).isEmpty();
        assertThat(texts.deleteMany(asked)).isEqualTo(size);
        assertThat(texts.deleteMany(asked)).isZero();
        assertThat(texts.getMany(asked).missing()).containsExactlyElementsOf(asked);
    }

    @Test
    void found_and_missing_keys_are_told_apart_in_the_order_of_the_request() {
        texts.put("b", "vb");
        texts.put("d", null);
        texts.put("a", "va");

        BatchResult<String> read = texts.getMany(List.of("e", "d", "c", "b", "a", "f"));

        assertThat(read.lookups().keySet()).containsExactly("e", "d", "c", "b", "a", "f");
        assertThat(read.found().keySet()).containsExactly("d", "b", "a");
        assertThat(read.found()).containsEntry("b", "vb").containsEntry("a", "va");
        assertThat(read.missing()).containsExactly("e", "c", "f");
    }

    @Test
    void a_null_in_a_batch_is_a_value() {
        Map<String, String> values = new HashMap<>();
        values.put("null", null);
        values.put("text", "v");

        texts.putMany(values);

        assertThat(texts.getMany(List.of("null", "text")).lookups())
                .containsEntry("null", new Lookup.Hit<>(null))
                .containsEntry("text", new Lookup.Hit<>("v"));
    }

    @Test
    void a_key_that_is_asked_twice_is_answered_and_counted_once() {
        texts.put("a", "va");
        texts.put("b", "vb");

        assertThat(texts.getMany(List.of("a", "x", "b", "a", "x")).lookups().keySet())
                .containsExactly("a", "x", "b");
        assertThat(texts.stats().hits()).isEqualTo(2);
        assertThat(texts.stats().misses()).isEqualTo(1);
        assertThat(texts.deleteMany(List.of("b", "a", "b", "x"))).isEqualTo(2);
    }

    @Test
    void a_batch_gives_every_entry_its_lifetime_and_its_tags() {
        texts.put("a", "old");
        texts.putMany(
                Map.of("a", "va", "b", "vb"), DEFAULTS.ttl(Duration.ofHours(2)).tags("red"));

        for (String key : List.of("a", "b")) {
            assertThat(texts.ttl(key)).hasValueSatisfying(left -> assertThat(left)
                    .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120)));
            assertThat(texts.getEntry(key).orElseThrow().tags()).containsExactly("red");
        }
        assertThat(texts.get("a")).isEqualTo("va");
    }

    @Test
    void only_live_entries_of_a_batch_are_counted_as_removed_and_others_stay() {
        texts.putMany(Map.of("a", "va", "b", "vb", "c", "vc"));
        texts.delete("b");

        assertThat(texts.deleteMany(List.of("a", "b", "absent"))).isEqualTo(1);

        assertThat(texts.exists("a")).isFalse();
        assertThat(texts.get("c")).isEqualTo("vc");
    }

    @Test
    void what_a_batch_lacks_is_loaded_in_one_call_and_stored() {
        texts.put("b", "vb");
        texts.put("d", null);
        List<List<String>> asked = new ArrayList<>();

        Map<String, String> all = texts.getAll(
                List.of("a", "b", "c", "d", "e", "a"),
                missing -> {
                    asked.add(List.copyOf(missing));
                    return Map.of("e", "le", "a", "la", "stranger", "ls");
                },
                DEFAULTS.ttl(Duration.ofHours(1)).tags("red"));

        assertThat(asked).containsExactly(List.of("a", "c", "e"));
        assertThat(new ArrayList<>(all.keySet())).containsExactly("a", "b", "d", "e");
        assertThat(all).containsEntry("a", "la").containsEntry("b", "vb").containsEntry("d", null);
        assertThat(texts.get("a")).isEqualTo("la");
        assertThat(texts.getEntry("e").orElseThrow().tags()).containsExactly("red");
        assertThat(texts.ttl("e")).hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
        assertThat(texts.exists("c")).isFalse();
        assertThat(texts.exists("stranger")).isFalse();
    }

    @Test
    void a_null_that_a_batch_loads_is_a_value() {
        Map<String, String> loaded = texts.getAll(List.of("null", "left out"), missing -> {
            Map<String, String> values = new HashMap<>();
            values.put("null", null);
            return values;
        });

        assertThat(loaded).containsOnlyKeys("null");
        assertThat(loaded.get("null")).isNull();
        assertThat(texts.lookup("null")).isEqualTo(new Lookup.Hit<>(null));
        assertThat(texts.exists("left out")).isFalse();
    }

    @Test
    void a_batch_that_lacks_nothing_loads_nothing() {
        texts.putMany(Map.of("a", "va", "b", "vb"));

        assertThat(texts.<RuntimeException>getAll(List.of("b", "a"), missing -> {
                    throw new AssertionError("nothing is missing but " + missing);
                }))
                .containsExactly(Map.entry("b", "vb"), Map.entry("a", "va"));
        assertThat(texts.<RuntimeException>getAll(List.of(), missing -> {
                    throw new AssertionError("nothing was asked");
                }))
                .isEmpty();
    }

    @Test
    void a_batch_across_caches_is_named_by_full_key_in_the_order_of_the_request() {
        CacheKey a = CacheKey.of("1").in("users").tagged("red");
        CacheKey b = CacheKey.of("1").in("orders");
        CacheKey c = CacheKey.of("bare");
        CacheKey absent = CacheKey.of("2").in("users");
        Map<CacheKey, Object> values = new LinkedHashMap<>();
        values.put(a, "va");
        values.put(b, "vb");
        values.put(c, null);

        service.putMany(values, DEFAULTS.tags("blue"));

        BatchResult<String> read = service.getMany(List.of(c, absent, b, a, b), TEXT);
        assertThat(read.lookups().keySet()).containsExactly("bare", "users:2", "orders:1", "users:1");
        assertThat(read.found()).containsEntry("users:1", "va").containsEntry("orders:1", "vb");
        assertThat(read.lookups()).containsEntry("bare", new Lookup.Hit<>(null));
        assertThat(read.missing()).containsExactly("users:2");
        assertThat(service.getEntry(a, TEXT).orElseThrow().tags()).containsExactlyInAnyOrder("red", "blue");
        assertThat(service.getEntry(b, TEXT).orElseThrow().tags()).containsExactly("blue");
        assertThat(service.deleteMany(List.of(a, absent, b, c))).isEqualTo(3);
    }

    @Test
    void two_keys_of_a_batch_with_one_full_key_are_refused() {
        List<CacheKey> twins =
                List.of(CacheKey.of(":admins:1").in("users"), CacheKey.of("1").in("users::admins"));

        assertThatThrownBy(() -> service.getMany(twins, TEXT))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("users::admins:1");
    }
}
