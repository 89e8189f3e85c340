package io.lexigram.cache.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.codec.KeyCodec.Decoded;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {

    private static final long SEED = 20_261_120;

    private final KeyCodec codec = new KeyCodec("app");

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "users|42 -> app:users:{42}",
                "|42 -> app:{42}",
                "users|:admins:1 -> app:users:{:admins:1}",
                "users::admins|1 -> app:users%3A%3Aadmins:{1}",
                "a{b}%|x -> app:a%7Bb%7D%25:{x}",
                "u|} -> app:u:{%7D}",
                "u|{} -> app:u:{{%7D}",
                "u|50% -> app:u:{50%25}",
                "u|%~ -> app:u:{%25~}",
                "us*?[a]|k*?[a]\\ -> app:us*?[a]:{k*?[a]\\}",
                "ü|漢😀 -> app:ü:{漢😀}"
            })
    void a_key_has_this_physical_form(String names, String physical) {
        String[] parts = names.split("\\|", -1);

        assertThat(codec.encode(parts[0], parts[1])).isEqualTo(physical.getBytes(UTF_8));
        assertThat(codec.decode(physical.getBytes(UTF_8))).isEqualTo(new Decoded(parts[0], parts[1], false));
    }

    @Test
    void the_prefix_is_escaped_and_may_be_empty() {
        assertThat(new KeyCodec("a:b").encode("n", "k")).isEqualTo("a%3Ab:n:{k}".getBytes(UTF_8));
        assertThat(new KeyCodec("").encode("n", "k")).isEqualTo(":n:{k}".getBytes(UTF_8));
        assertThat(new KeyCodec("").decode(":n:{k}".getBytes(UTF_8))).isEqualTo(new Decoded("n", "k", false));
    }

    @Test
    void different_keys_have_different_physical_keys_that_decode_to_them() {
        NastyStrings strings = new NastyStrings(SEED);
        KeyCodec small = new KeyCodec("p", 90);
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String namespace = strings.below(4) == 0 ? "" : strings.next(3);
            String key = strings.next(i % 100 == 0 ? 60 : 4);
            KeyCodec used = i % 2 == 0 ? codec : small;
            byte[] physical = used.encode(namespace, key);
            String names = namespace + "\0" + key + "\0" + (used == small);

            assertThat(seen.put(new String(physical, UTF_8), names))
                    .as("seed %d: another key of %s", SEED, names)
                    .isIn(null, names);
            Decoded decoded = used.decode(physical);
            assertThat(decoded).as("seed %d: %s", SEED, names).isNotNull();
            assertThat(decoded.namespace()).isEqualTo(namespace);
            assertThat(decoded.hashed() ? key.startsWith(decoded.key()) : key.equals(decoded.key()))
                    .as("seed %d: %s decoded as %s", SEED, names, decoded)
                    .isTrue();
        }
    }

    @Test
    void the_prefix_of_a_namespace_begins_its_own_keys_and_no_others() {
        NastyStrings strings = new NastyStrings(SEED);
        for (int i = 0; i < 50_000; i++) {
            String one = strings.below(5) == 0 ? "" : strings.next(2);
            String other = strings.below(5) == 0 ? "" : strings.next(3);
            byte[] physical = codec.encode(other, strings.next(3));

            assertThat(startsWith(physical, codec.namespacePrefix(one)))
                    .as("seed %d: '%s' and '%s'", SEED, one, new String(physical, UTF_8))
                    .isEqualTo(one.equals(other));
            assertThat(startsWith(physical, codec.prefix())).isTrue();
        }
    }

    @Test
    void prefixes_of_two_applications_do_not_begin_each_other() {
        byte[] physical = new KeyCodec("app2").encode("users", "1");

        assertThat(startsWith(physical, codec.prefix())).isFalse();
        assertThat(startsWith(new KeyCodec("app:x").encode("", "1"), codec.prefix()))
                .isFalse();
        assertThat(codec.decode(physical)).isNull();
    }

    @Test
    void the_hash_tag_is_the_whole_key() {
        NastyStrings strings = new NastyStrings(SEED);
        for (int i = 0; i < 20_000; i++) {
            String namespace = strings.below(3) == 0 ? "" : strings.next(3);
            String physical = new String(codec.encode(namespace, strings.next(5)), UTF_8);
            int open = physical.indexOf('{');
            int close = physical.indexOf('}', open + 1);

            assertThat(close).as("seed %d: %s", SEED, physical).isEqualTo(physical.length() - 1);
            assertThat(close - open).isGreaterThan(1);
        }
    }

    @Test
    void a_key_is_hashed_only_when_its_physical_form_is_longer_than_the_limit() {
        String fits = "k".repeat(512 - "app:n:{}".length());

        assertThat(codec.decode(codec.encode("n", fits))).isEqualTo(new Decoded("n", fits, false));
        assertThat(codec.decode(codec.encode("n", fits + "k"))).isEqualTo(new Decoded("n", "k".repeat(100), true));
    }

    @Test
    void hashed_keys_that_differ_at_their_end_differ() {
        String longKey = "k".repeat(1_000);

        assertThat(codec.encode("n", longKey + "1")).isNotEqualTo(codec.encode("n", longKey + "2"));
        assertThat(codec.encode("n", longKey + "1")).hasSizeLessThan(512);
    }

    @Test
    void the_hash_is_the_sha_256_of_the_key() {
        assertThat(new String(codec.encode("n", "a".repeat(600)), UTF_8))
                .isEqualTo("app:n:{" + "a".repeat(100) + "%~ujXBcHKUF_FJngiG5-EvzbSrAK1BERCuHoiMdm1O1w0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "}", "é", "漢", "😀", "%é}漢😀"})
    void the_readable_part_of_a_hashed_key_is_cut_between_characters(String piece) {
        for (int shift = 0; shift < 12; shift++) {
            String key = "x".repeat(shift) + piece.repeat(400);
            Decoded decoded = codec.decode(codec.encode("n", key));

            assertThat(decoded).isNotNull();
            assertThat(decoded.hashed()).isTrue();
            assertThat(key).startsWith(decoded.key());
            assertThat(decoded.key().getBytes(UTF_8).length).isBetween(30, 100);
        }
    }

    @Test
    void a_key_that_looks_like_a_hashed_one_is_another_key() {
        String hashed = new String(codec.encode("n", "k".repeat(600)), UTF_8);
        String lookalike = hashed.substring("app:n:{".length(), hashed.length() - 1);

        assertThat(codec.encode("n", lookalike)).isNotEqualTo(hashed.getBytes(UTF_8));
        assertThat(codec.decode(codec.encode("n", lookalike))).isEqualTo(new Decoded("n", lookalike, false));
    }

    @Test
    void a_scan_by_literal_beginning_meets_every_key_that_begins_so() {
        NastyStrings strings = new NastyStrings(SEED);
        for (KeyCodec used : new KeyCodec[] {codec, new KeyCodec("p", 70), new KeyCodec("p", 250)}) {
            for (int i = 0; i < 1_000; i++) {
                String namespace = strings.below(3) == 0 ? "" : "n";
                String key = strings.next(i % 4 == 0 ? 400 : 5);
                byte[] physical = used.encode(namespace, key);
                for (int end = 0; end <= Math.min(key.length(), 300); end++) {
                    assertThat(startsWith(physical, used.scanPrefix(namespace, key.substring(0, end))))
                            .as("seed %d: first %d characters of %s", SEED, end, key)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void a_scan_prefix_is_as_long_as_the_readable_part_of_a_hashed_key_allows() {
        assertThat(codec.scanPrefix("n", "ab}")).isEqualTo("app:n:{ab%7D".getBytes(UTF_8));
        assertThat(codec.scanPrefix("n", "")).isEqualTo(codec.namespacePrefix("n"));
        assertThat(codec.scanPrefix("n", "k".repeat(200))).isEqualTo(("app:n:{" + "k".repeat(100)).getBytes(UTF_8));
    }

    @Test
    void an_auxiliary_key_belongs_to_no_namespace() {
        byte[] auxiliary = codec.auxiliary("tag", "a}b:{c%");

        assertThat(auxiliary).isEqualTo("app:%tag:{a%7Db:{c%25}".getBytes(UTF_8));
        assertThat(codec.decode(auxiliary)).isNull();
        assertThat(startsWith(auxiliary, codec.prefix())).isTrue();
        for (String namespace : new String[] {"", "tag", "%tag", "%"}) {
            assertThat(startsWith(auxiliary, codec.namespacePrefix(namespace))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tag", "2", "t:", "7B"})
    void the_kind_of_an_auxiliary_key_is_lower_case_letters(String kind) {
        assertThatThrownBy(() -> codec.auxiliary(kind, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + kind + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "app:",
                "app:{",
                "app:{}",
                "app:}",
                "app:n:{}",
                "app:n:k",
                "app:n:{k",
                "app::{k}",
                "app:n{k}",
                "app:n:m:{k}",
                "app:n%3a:{k}",
                "app:n%41:{k}",
                "app:n%:{k}",
                "app:n:{a}b}",
                "app:n:{a%}",
                "app:n:{a%41}",
                "app:n:{a%~short}",
                "app:n:{%3A}",
                "other:n:{k}",
                "app:%tag:{k}"
            })
    void bytes_that_are_no_key_of_ours_decode_to_nothing(String physical) {
        assertThat(codec.decode(physical.getBytes(UTF_8))).isNull();
    }

    @Test
    void bytes_that_are_not_utf_8_decode_to_nothing() {
        byte[] physical = codec.encode("n", "key");
        physical[physical.length - 2] = (byte) 0xFF;

        assertThat(codec.decode(physical)).isNull();
    }

    @Test
    void what_decodes_as_a_plain_key_encodes_to_the_same_bytes() {
        NastyStrings strings = new NastyStrings(SEED);
        int decodable = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] physical = ("app:" + strings.next(4) + strings.next(4) + "}").getBytes(UTF_8);
            Decoded decoded = codec.decode(physical);
            if (decoded != null) {
                decodable++;
                assertThat(codec.encode(decoded.namespace(), decoded.key())).isEqualTo(physical);
            }
        }
        assertThat(decodable).as("seed %d", SEED).isGreaterThan(100);
    }

    @Test
    void a_key_without_a_physical_form_is_refused() {
        assertThatThrownBy(() -> codec.encode("n", "")).isInstanceOf(CacheKeyException.class);
        for (String broken : new String[] {"\uD83D", "a\uDE00b", "\uDE00\uD83D"}) {
            assertThatThrownBy(() -> codec.encode("n", broken))
                    .isInstanceOf(CacheKeyException.class)
                    .hasMessageContaining("unpaired surrogate");
            assertThatThrownBy(() -> codec.encode(broken, "k")).isInstanceOf(CacheKeyException.class);
        }
    }

    @Test
    void a_namespace_that_leaves_no_room_for_a_hashed_key_takes_short_keys_only() {
        String namespace = "n".repeat(490);

        assertThat(codec.encode(namespace, "short")).hasSizeLessThanOrEqualTo(512);
        assertThatThrownBy(() -> codec.encode(namespace, "k".repeat(60)))
                .isInstanceOf(CacheKeyException.class)
                .hasMessageContaining("496 of the 512 bytes");
    }

    @Test
    void a_prefix_that_leaves_no_room_for_keys_is_a_wrong_setting() {
        assertThatThrownBy(() -> new KeyCodec("p".repeat(480)))
                .isInstanceOf(CacheConfigurationException.class)
                .hasMessageContaining("key-prefix")
                .hasMessageContaining("481 of the 512 bytes");
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length && Arrays.equals(Arrays.copyOf(bytes, beginning.length), beginning);
    }

    @Test
    void without_blanks_a_key_holds_neither_blanks_nor_control_characters_and_is_read_all_the_same() {
        KeyCodec codec = KeyCodec.withoutBlanks("my app", 248);
        StringBuilder all = new StringBuilder("\u00A0\u2028");
        for (char c = 0; c < 0x80; c++) {
            all.append(c);
        }

        byte[] physical = codec.encode("name space", all.toString());

        for (byte b : physical) {
            assertThat(b < 0 || b > ' ' && b != 0x7f).isTrue();
        }
        assertThat(codec.decode(physical)).isEqualTo(new Decoded("name space", all.toString(), false));
        assertThat(codec.encode("ns", "a b")).isNotEqualTo(codec.encode("ns", "a%20b"));
        assertThat(codec.encode("ns", "a ".repeat(300))).hasSizeLessThanOrEqualTo(248);
    }
}
