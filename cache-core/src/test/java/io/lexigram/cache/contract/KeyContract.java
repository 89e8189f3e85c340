package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Result;
import io.lexigram.cache.TypeRef;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text that can be a key is one, different keys are different entries, and what cannot be a key stores nothing. */
abstract class KeyContract extends Laws {

    /** Texts that a careless backend takes apart, folds together or reads as a pattern. */
    private static final List<String> ODD_KEYS = List.of(
            "a",
            "A",
            "á",
            "a\u0301",
            "ß",
            "ss",
            "ﬁ",
            "fi",
            "日本",
            "😀",
            "👩‍👩‍👧",
            "👩👩👧",
            "🇩🇪",
            "\u200e",
            " ",
            "  ",
            "a b",
            " a",
            "a ",
            "*",
            "?",
            "[a]",
            "[",
            "]",
            "\\",
            "\\*",
            "^",
            "-",
            ":",
            "::",
            "a:b",
            ":a",
            "a:",
            "{",
            "}",
            "{}",
            "{a}",
            "%",
            "%25",
            "%~",
            "~",
            "%3A",
            "/",
            "..",
            "\"",
            "'",
            "null",
            "0",
            "00",
            "\u00a0",
            "$",
            "\uffff",
            "\ufeffa");

    static Stream<String> impossibleKeys() {
        return Stream.of("", "\n", "a\u0000b", "a\u007f", "\u0085", "\ud83d", "\ude00a", "a\ud83d", "\ude00\ud83d");
    }

    @Test
    void keys_of_any_characters_are_different_entries() {
        Map<String, String> values = new LinkedHashMap<>();
        ODD_KEYS.forEach(key -> values.put(key, "<" + key + ">"));
        values.forEach(texts::put);

        values.forEach(
                (key, value) -> assertThat(texts.get(key)).as("'%s'", key).isEqualTo(value));
        assertThat(texts.getMany(ODD_KEYS).found()).containsExactlyEntriesOf(values);
        for (String key : ODD_KEYS) {
            assertThat(texts.delete(key))
                    .as("'%s' is there until it is deleted", key)
                    .isTrue();
        }
    }

    @Test
    void keys_of_any_characters_are_listed_as_they_are() {
        needs(Capability.KEY_SCAN);
        ODD_KEYS.forEach(key -> texts.put(key, key));
        service.put(CacheKey.of("*").in("u*"), "in a namespace of glob characters");

        assertThat(keysOf(texts, "*")).containsExactlyInAnyOrderElementsOf(ODD_KEYS);
        assertThat(keysOf(service, "u*")).containsExactly(CacheKey.of("*").in("u*"));
    }

    @Test
    void the_border_between_namespace_and_key_is_part_of_the_name() {
        List<CacheKey> keys = List.of(
                CacheKey.of(":admins:1").in("users"),
                CacheKey.of("1").in("users::admins"),
                CacheKey.of("admins:1").in("users:"),
                CacheKey.of("users::admins:1"),
                CacheKey.of("{1").in("users"),
                CacheKey.of("1}").in("users"),
                CacheKey.of("1").in("users"),
                CacheKey.of("1").in("users{"),
                CacheKey.of("1").in("users%3A%3Aadmins"));
        for (int i = 0; i < keys.size(); i++) {
            service.put(keys.get(i), "v" + i);
        }

        for (int i = 0; i < keys.size(); i++) {
            assertThat(service.get(keys.get(i), String.class))
                    .as("%s", keys.get(i))
                    .isEqualTo("v" + i);
        }
        assertThat(service.deleteMany(keys)).isEqualTo(keys.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 511, 512, 513, 1_024, 100_000})
    void a_key_of_any_length_is_kept_whole(int bytes) {
        String ascii = "k".repeat(bytes);
        String accented = "ü".repeat(bytes / 2) + "x".repeat(bytes % 2);

        texts.put(ascii, "ascii");
        texts.put(accented, "accented");

        assertThat(texts.get(ascii)).isEqualTo("ascii");
        assertThat(texts.exists(accented)).isTrue();
        assertThat(texts.getEntry(ascii))
                .hasValueSatisfying(entry -> assertThat(entry.key().key()).isEqualTo(ascii));
        assertThat(texts.getMany(List.of(ascii, accented)).missing()).isEmpty();
        assertThat(texts.delete(accented)).isTrue();
        assertThat(texts.delete(ascii)).isTrue();
    }

    @Test
    void keys_of_all_lengths_around_the_limit_are_apart_and_are_listed_whole() {
        needs(Capability.KEY_SCAN);
        Map<String, String> values = new LinkedHashMap<>();
        for (int length = 360; length <= 520; length++) {
            values.put("x".repeat(length), "x" + length);
            values.put("%".repeat(length / 3), "%" + length / 3);
            values.put("😀".repeat(length / 4), "😀" + length / 4);
        }
        texts.putMany(values);

        assertThat(texts.getMany(values.keySet()).found()).containsExactlyEntriesOf(values);
        assertThat(keysOf(texts, "*")).containsExactlyInAnyOrderElementsOf(values.keySet());
        assertThat(texts.deletePattern("x*")).isEqualTo(161);
        assertThat(texts.clear()).isEqualTo(values.size() - 161);
    }

    @Test
    void over_long_keys_with_the_same_beginning_stay_apart_and_are_hit_by_patterns_and_namespaces() {
        needs(Capability.KEY_SCAN);
        String beginning = "order:" + "7".repeat(2_000);
        texts.putMany(Map.of(beginning + "a", "va", beginning + "b", "vb", beginning, "v", "order:7", "short"));

        assertThat(texts.get(beginning + "a")).isEqualTo("va");
        assertThat(texts.get(beginning + "b")).isEqualTo("vb");
        assertThat(texts.get(beginning)).isEqualTo("v");
        assertThat(texts.deletePattern("order:*a")).isEqualTo(1);
        assertThat(keysOf(texts, "order:*")).containsExactlyInAnyOrder(beginning + "b", beginning, "order:7");
        assertThat(texts.deletePattern(beginning + "?")).isEqualTo(1);
        assertThat(service.deleteNamespace("texts")).isEqualTo(2);
        assertThat(texts.exists(beginning)).isFalse();
    }

    @Test
    void calls_with_different_arguments_have_different_keys() throws NoSuchMethodException {
        Method method = String.class.getMethod("join", CharSequence.class, CharSequence[].class);
        List<CacheKey> calls = List.of(
                CacheKey.ofCall(method, "a, b", "c"),
                CacheKey.ofCall(method, "a", "b, c"),
                CacheKey.ofCall(method, List.of("a", "b")),
                CacheKey.ofCall(method, "[a, b]"),
                CacheKey.ofCall(method, (Object) null),
                CacheKey.ofCall(method, "null"),
                CacheKey.ofCall(method, 1),
                CacheKey.ofCall(method, 1L));
        for (int i = 0; i < calls.size(); i++) {
            service.put(calls.get(i).in("calls"), "v" + i);
        }

        for (int i = 0; i < calls.size(); i++) {
            assertThat(service.get(calls.get(i).in("calls"), String.class)).isEqualTo("v" + i);
        }
        assertThat(CacheKey.ofCall(method, "a, b", "c")).isEqualTo(calls.get(0));
    }

    @ParameterizedTest
    @MethodSource("impossibleKeys")
    void an_impossible_key_is_refused_by_every_operation_and_stores_nothing(String key) {
        Map<String, Consumer<Cache<String>>> operations = new LinkedHashMap<>();
        operations.put("get", c -> c.get(key));
        operations.put(
                "load",
                c -> c.get(key, () -> {
                    throw new AssertionError("the loader of an impossible key");
                }));
        operations.put(
                "getAll",
                c -> c.getAll(List.of("good", key), wanted -> {
                    throw new AssertionError("the loader of an impossible key");
                }));
        operations.put("getLocal", c -> c.getLocal(key, "other"));
        operations.put("lookup", c -> c.lookup(key));
        operations.put("inspect", c -> c.inspect(key));
        operations.put("getEntry", c -> c.getEntry(key));
        operations.put("getMany", c -> c.getMany(List.of("good", key)));
        operations.put("put", c -> c.put(key, "v"));
        operations.put("put null", c -> c.put(key, null));
        operations.put("putIfAbsent", c -> c.putIfAbsent(key, "v"));
        operations.put("putMany", c -> c.putMany(new LinkedHashMap<>(Map.of("good", "v", key, "v"))));
        operations.put("reserve", c -> c.reserve(key).close());
        operations.put("invalidate", c -> c.invalidate(key));
        operations.put("delete", c -> c.delete(key));
        operations.put("deleteMany", c -> c.deleteMany(List.of("kept", key)));
        operations.put("exists", c -> c.exists(key));
        operations.put("expire", c -> c.expire(key, Duration.ofSeconds(1)));
        operations.put("ttl", c -> c.ttl(key));
        operations.put("increment", c -> c.increment(key, 1));
        operations.put(
                "memoize", c -> assertThat(c.memoize(k -> "v").apply(key)).isNull());
        texts.put("kept", "v");

        operations.forEach((name, operation) ->
                assertThatThrownBy(() -> operation.accept(texts)).as(name).isInstanceOf(CacheKeyException.class));

        assertThat(texts.results().put(key, "v")).isInstanceOf(Result.Failure.class);
        assertThat(texts.exists("good")).isFalse();
        assertThat(texts.exists("kept")).isTrue();
        assertThat(texts.stats().puts()).as("values that were written").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("impossibleKeys")
    void an_impossible_name_is_no_key_no_namespace_and_no_tag(String name) {
        CacheKey good = CacheKey.of("good");

        assertThatThrownBy(() -> CacheKey.of(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> good.in(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> good.tagged(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> DEFAULTS.tags(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> CacheSpec.of(name, String.class)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> texts.invalidateTags(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> service.invalidateTags(name)).isInstanceOf(CacheKeyException.class);
        assertThatThrownBy(() -> service.deleteNamespace(name)).isInstanceOf(CacheKeyException.class);
    }

    @Test
    void keys_without_a_namespace_are_a_cache_of_their_own() {
        CacheKey bare = CacheKey.of("k");
        service.put(bare, "bare");
        texts.put("k", "text");

        assertThat(service.get(bare, String.class)).isEqualTo("bare");
        assertThat(service.lookup(bare, new TypeRef<String>() {}).orElse(null)).isEqualTo("bare");
        assertThat(texts.get("k")).isEqualTo("text");
        assertThat(service.delete(bare)).isTrue();
        assertThat(texts.exists("k")).isTrue();
    }
}
