package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Lookup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that somebody else wrote, cut or changed are a miss and one fault, and give way: they are never a wrong value. */
abstract class CorruptionContract extends Laws {

    private RawAccess raw;

    @BeforeEach
    void bytesCanBeReached() {
        needs(Capability.RAW_BYTES);
        raw = fixture.raw(HERE);
    }

    private byte[] stored(String key) {
        byte[] bytes = raw.read("texts", key);
        assertThat(bytes).as("stored bytes of %s", key).isNotNull();
        return bytes;
    }

    private void assertGivesWay(String key) {
        long errors = texts.stats().errors();
        long misses = texts.stats().misses();

        assertThat(texts.lookup(key)).isEqualTo(new Lookup.Miss<>());

        announcedErrors++;
        assertThat(texts.stats().errors()).isEqualTo(errors + 1);
        assertThat(texts.stats().undecodable()).isEqualTo(errors + 1);
        assertThat(texts.stats().misses()).isEqualTo(misses + 1);
        assertThat(raw.read("texts", key))
                .as("what could not be read is removed")
                .isNull();
        assertThat(texts.exists(key)).isFalse();
        assertThat(texts.get(key, () -> "loaded")).isEqualTo("loaded");
        assertThat(texts.get(key)).isEqualTo("loaded");
    }

    @Test
    void a_changed_payload_gives_way() {
        texts.put("k", "a value of some length");
        byte[] bytes = stored("k");
        bytes[bytes.length - 3] ^= 1;
        raw.write("texts", "k", bytes);

        assertGivesWay("k");
    }

    @Test
    void a_truncated_entry_gives_way() {
        texts.put("k", "a value of some length");
        byte[] bytes = stored("k");
        raw.write("texts", "k", Arrays.copyOf(bytes, bytes.length - 1));

        assertGivesWay("k");
    }

    @Test
    void an_entry_with_more_behind_it_gives_way() {
        texts.put("k", "a value of some length");
        byte[] bytes = stored("k");
        raw.write("texts", "k", Arrays.copyOf(bytes, bytes.length + 1));

        assertGivesWay("k");
    }

    @Test
    void an_empty_value_gives_way() {
        raw.write("texts", "k", new byte[0]);

        assertGivesWay("k");
    }

    @Test
    void a_value_that_somebody_else_wrote_gives_way() {
        for (String foreign : List.of("hello", "{\"name\":\"apple\"}", "\u00ac\u00ed", "12a", "é")) {
            raw.write("texts", foreign, foreign.getBytes(StandardCharsets.ISO_8859_1));
            assertGivesWay(foreign);
        }
    }

    @Test
    void an_entry_of_a_later_format_gives_way() {
        texts.put("k", "v");
        byte[] bytes = stored("k");
        bytes[2] = 99;
        raw.write("texts", "k", bytes);

        assertGivesWay("k");
    }

    @Test
    void something_that_is_no_value_at_all_is_no_hit_and_can_be_written_over() {
        raw.writeOfAnotherKind("texts", "k");

        assertThat(texts.results().get("k").orElse(null)).isNull();
        announcedErrors = texts.stats().errors();
        texts.put("k", "v");

        assertThat(texts.get("k")).isEqualTo("v");
    }

    @Test
    void an_entry_that_was_copied_under_another_key_or_into_another_cache_gives_way() {
        texts.put("k", "v");
        raw.write("texts", "copy", stored("k"));
        assertGivesWay("copy");

        cache("other", String.class).put("moved", "v");
        byte[] other = raw.read("other", "moved");
        raw.write("texts", "moved", other);
        assertGivesWay("moved");
        assertThat(texts.get("k")).isEqualTo("v");
    }

    @Test
    void one_bad_entry_of_a_batch_spoils_no_other() {
        texts.putMany(Map.of("a", "va", "b", "vb", "c", "vc"));
        raw.write("texts", "b", new byte[] {1, 2, 3});
        announcedErrors = 1;

        assertThat(texts.getMany(List.of("a", "b", "c")).found())
                .containsExactly(Map.entry("a", "va"), Map.entry("c", "vc"));

        assertThat(texts.stats().errors()).isEqualTo(1);
        assertThat(texts.getAll(List.of("a", "b"), missing -> Map.of("b", "loaded")))
                .containsExactly(Map.entry("a", "va"), Map.entry("b", "loaded"));
        assertThat(texts.get("b")).isEqualTo("loaded");
    }

    @Test
    void bad_entries_do_not_stop_what_concerns_many_keys() {
        needs(Capability.KEY_SCAN, Capability.TAGS);
        texts.put("good", "v", DEFAULTS.tags("red"));
        texts.put("cut", "v", DEFAULTS.tags("red"));
        raw.write("texts", "cut", Arrays.copyOf(stored("cut"), 70));
        raw.write("texts", "foreign", "hello".getBytes(StandardCharsets.US_ASCII));
        raw.writeOfAnotherKind("texts", "list");

        assertThat(keysOf(texts, "*")).contains("good");
        assertThat(texts.invalidateTags("red")).isPositive();
        assertThat(texts.exists("good")).isFalse();
        texts.put("good", "v");
        assertThat(texts.clear()).isPositive();

        for (String key : List.of("good", "cut", "foreign", "list")) {
            assertThat(texts.results().get(key).orElse(null)).as(key).isNull();
        }
        announcedErrors = texts.stats().errors();
    }

    @Test
    void an_entry_with_any_one_byte_changed_is_the_same_value_or_none() {
        texts.put("k", "some value", DEFAULTS.tags("red"));
        byte[] good = stored("k");
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x15;
            raw.write("texts", "k", bad);
            String read = texts.get("k");
            if (read != null && !read.equals("some value")) {
                wrong.add(i);
            }
        }

        assertThat(wrong).as("changed bytes that changed the value").isEmpty();
        announcedErrors = texts.stats().errors();
        assertThat(announcedErrors).as("changed bytes that were noticed").isGreaterThan(good.length / 2);
    }

    @Test
    void an_entry_cut_anywhere_is_none() {
        texts.put("k", "some value");
        byte[] good = stored("k");
        for (int length = 0; length < good.length; length++) {
            raw.write("texts", "k", Arrays.copyOf(good, length));
            assertThat(texts.get("k")).as("cut to %d bytes", length).isNull();
        }
        announcedErrors = good.length;
    }
}
