package io.lexigram.cache.codec;

import static io.lexigram.cache.codec.EnvelopeAssert.assertSameContent;
import static io.lexigram.cache.codec.EnvelopeSamples.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope.Content;
import io.lexigram.cache.codec.Envelope.Expected;
import io.lexigram.cache.codec.Envelope.Header;
import io.lexigram.cache.codec.Envelope.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeTest {

    private static final long SEED = 42;

    private static Map<String, Envelope> samples() {
        return EnvelopeSamples.all();
    }

    private static Set<String> sampleNames() {
        return EnvelopeSamples.all().keySet();
    }

    @Test
    void what_is_written_is_read_back() {
        NastyStrings strings = new NastyStrings(SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            Set<String> tags = new TreeSet<>();
            for (int tag = random.nextInt(4); tag > 0; tag--) {
                tags.add(strings.next(5));
            }
            byte[] value = new byte[random.nextInt(50)];
            random.nextBytes(value);
            Header header = new Header(
                    random.nextLong(),
                    random.nextBoolean(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong());
            Content content = new Content(
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    tags,
                    strings.next(9),
                    random.nextBoolean() ? "" : strings.next(9),
                    strings.next(99),
                    random.nextBoolean() ? null : strings.next(5),
                    random.nextInt(5) == 0 ? null : payload("codec-" + i, value));

            Envelope read = Envelope.read(new Envelope(header, content).toBytes());

            assertThat(read.header()).as("seed %d, round %d", SEED, i).isEqualTo(header);
            assertSameContent(read.content(), content);
        }
    }

    @Test
    void what_is_expected_changes_nothing_of_what_is_read() {
        Content content = new Content(0, 0, 0, 0, Set.of(), "größe", "ns", "key-1", null, payload("json", new byte[3]));
        byte[] bytes = new Envelope(lease().header(), content).toBytes();

        for (Expected expected : List.of(
                new Expected("größe", "ns", "key-1", "json"),
                new Expected("gr????e", "nS", "key-2", "jsom"),
                new Expected("", "nss", "", "js"),
                new Expected("a".repeat(999), "", "key", "jsonb"))) {
            assertSameContent(Envelope.read(bytes, expected).content(), content);
        }
    }

    @Test
    void a_text_that_was_expected_is_not_made_anew() {
        Content content = new Content(0, 0, 0, 0, Set.of(), "S", "n", "k", null, payload("json", new byte[3]));
        Expected expected = new Expected(new String("S"), new String("n"), new String("k"), new String("json"));

        Content read = Envelope.read(new Envelope(lease().header(), content).toBytes(), expected)
                .content();

        assertThat(read.schema()).isSameAs(expected.schema());
        assertThat(read.namespace()).isSameAs(expected.namespace());
        assertThat(read.key()).isSameAs(expected.key());
        assertThat(read.payload().codec()).isSameAs(expected.codec());
    }

    @Test
    void only_the_part_of_the_array_that_is_the_payload_is_written() {
        Payload part = new Payload("bytes", new byte[] {9, 1, 2, 9}, 1, 2);
        Content content = new Content(0, 0, 0, 0, Set.of(), "byte[]", "n", "k", null, part);

        Payload read = Envelope.read(new Envelope(lease().header(), content).toBytes())
                .content()
                .payload();

        assertThat(Arrays.copyOfRange(read.bytes(), read.offset(), read.offset() + read.length()))
                .containsExactly(1, 2);
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_changed_byte_is_noticed_unless_it_is_a_field_that_may_change(String sample) {
        Envelope envelope = samples().get(sample);
        byte[] bytes = envelope.toBytes();
        for (int at = 0; at < bytes.length; at++) {
            for (int mask : new int[] {1, 2, 4, 8, 0x40, 0x80, 0xFF}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) mask;
                boolean mutable = (at >= Envelope.OFFSET_LEASE_TOKEN && at < Envelope.OFFSET_CHECKSUM)
                        || (at == Envelope.OFFSET_FLAGS && mask == Envelope.FLAG_WAITERS);
                if (mutable) {
                    assertSameContent(Envelope.read(changed).content(), envelope.content());
                } else {
                    assertThatThrownBy(() -> Envelope.read(changed))
                            .as("byte %d ^ %02X", at, mask)
                            .isInstanceOf(CacheSerializationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_truncated_or_lengthened_envelope_is_refused(String sample) {
        byte[] bytes = samples().get(sample).toBytes();
        for (int length = 0; length <= bytes.length + 3; length++) {
            if (length != bytes.length) {
                byte[] other = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Envelope.read(other))
                        .as("%d of %d bytes", length, bytes.length)
                        .isInstanceOf(CacheSerializationException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_hostile_length_with_a_right_checksum_is_refused_before_anything_is_allocated(String sample) {
        byte[] bytes = samples().get(sample).toBytes();
        for (int at = Envelope.HEADER_LENGTH; at + Integer.BYTES <= bytes.length; at++) {
            for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -2, bytes.length, 1 << 30}) {
                byte[] hostile = bytes.clone();
                ByteBuffer.wrap(hostile).putInt(at, length);
                Checksums.correct(hostile);
                try {
                    Envelope.read(hostile);
                } catch (CacheSerializationException expected) {
                    assertThat(expected).hasMessageContaining("tored value");
                }
            }
        }
    }

    @Test
    void each_length_is_checked_by_itself() {
        byte[] bytes = samples().get("tags-version").toBytes();
        for (int field = 0, at = Envelope.OFFSET_TAGS; field < 10; field++) {
            int length = ByteBuffer.wrap(bytes).getInt(at);
            for (int hostile : new int[] {Integer.MAX_VALUE, -2, length + bytes.length}) {
                byte[] changed = bytes.clone();
                ByteBuffer.wrap(changed).putInt(at, hostile);
                Checksums.correct(changed);
                assertThatThrownBy(() -> Envelope.read(changed))
                        .as("field %d", field)
                        .isInstanceOf(CacheSerializationException.class)
                        .hasMessageMatching("A stored value of \\d+ bytes ends within its .*"
                                + "|The .* of a stored value has length -2\\."
                                + "|A stored value has tags that are not in order\\.");
            }
            at += Integer.BYTES + (field == 0 ? 0 : length);
        }
    }

    @Test
    void bytes_after_the_end_are_refused_even_with_a_right_checksum() {
        for (String sample : sampleNames()) {
            byte[] bytes = samples().get(sample).toBytes();
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            Checksums.correct(longer);

            assertThatThrownBy(() -> Envelope.read(longer)).hasMessageContaining("1 bytes after its end");
        }
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        byte[] bytes = samples().get("record").toBytes();
        bytes[Envelope.OFFSET_TAGS + 2 * Integer.BYTES] = (byte) 0xC0;
        Checksums.correct(bytes);

        assertThatThrownBy(() -> Envelope.read(bytes)).hasMessageContaining("schema of a stored value is not UTF-8");
    }

    @Test
    void tags_are_written_in_one_order_and_read_in_no_other() {
        Content content = samples().get("tags-version").content();
        byte[] bytes = samples().get("tags-version").toBytes();
        assertThat(content.tags()).hasSize(4);

        assertThat(Envelope.read(bytes).content().tags()).containsExactly("", "category:7", "größe", "product");

        int second = Envelope.OFFSET_TAGS + 3 * Integer.BYTES;
        bytes[second] = 'z';
        Checksums.correct(bytes);
        assertThatThrownBy(() -> Envelope.read(bytes)).hasMessageContaining("not in order");
    }

    @Test
    void a_null_with_a_payload_and_a_value_without_a_codec_are_refused() {
        byte[] value = samples().get("record").toBytes();
        value[Envelope.OFFSET_FLAGS] = Envelope.FLAG_NULL;
        Checksums.correct(value);
        byte[] nothing = samples().get("null").toBytes();
        nothing[Envelope.OFFSET_FLAGS] = 0;
        Checksums.correct(nothing);

        assertThatThrownBy(() -> Envelope.read(value)).hasMessageContaining("null has a payload of 35 bytes");
        assertThatThrownBy(() -> Envelope.read(nothing)).hasMessageContaining("names no codec");
    }

    @Test
    void what_is_wrong_is_said_without_the_content() {
        byte[] bytes = samples().get("record").toBytes();
        assertThatThrownBy(() -> Envelope.read(new byte[0])).hasMessageContaining("0 bytes is no envelope");
        assertThatThrownBy(() -> Envelope.read(with(bytes, 0, 'X'))).hasMessageContaining("begins with 58 4C");
        assertThatThrownBy(() -> Envelope.read(with(bytes, Envelope.OFFSET_FORMAT, 2)))
                .hasMessageContaining("envelope format 2");
        assertThatThrownBy(() -> Envelope.read(with(bytes, Envelope.OFFSET_FLAGS, 0x88)))
                .hasMessageContaining("flags 0x88");
        assertThatThrownBy(() -> Envelope.read(with(bytes, bytes.length - 1, '!')))
                .hasMessageContaining("checksum is wrong")
                .hasMessageNotContaining("Tea");
    }

    @Test
    void the_fields_of_the_header_can_be_overwritten_in_place() {
        Envelope envelope = samples().get("record");
        byte[] bytes = envelope.toBytes();
        ByteBuffer.wrap(bytes)
                .putLong(Envelope.OFFSET_LEASE_TOKEN, 1)
                .putLong(Envelope.OFFSET_LEASE_UNTIL, 2)
                .putLong(Envelope.OFFSET_GROUP_SEQ, 3)
                .putLong(Envelope.OFFSET_EXPIRES_AT, 4)
                .putLong(Envelope.OFFSET_HITS, 5)
                .putLong(Envelope.OFFSET_LAST_ACCESS, 6);
        bytes[Envelope.OFFSET_FLAGS] |= Envelope.FLAG_WAITERS;

        Envelope read = Envelope.read(bytes);

        assertThat(read.header()).isEqualTo(new Header(3, true, 1, 2, 3, 4, 5, 6));
        assertSameContent(read.content(), envelope.content());
    }

    @Test
    void a_lease_record_is_a_header_alone() {
        byte[] bytes = lease().toBytes();

        assertThat(bytes).hasSize(Envelope.HEADER_LENGTH);
        assertThat(Envelope.isLease(bytes)).isTrue();
        assertThat(Envelope.read(bytes)).isEqualTo(lease());
        assertThat(Envelope.isLease(samples().get("record").toBytes())).isFalse();
        assertThat(Envelope.isEnvelope(samples().get("record").toBytes())).isTrue();
    }

    @Test
    void a_value_that_no_array_can_hold_is_refused() {
        Payload huge = new Payload("bytes", new byte[0], 0, Integer.MAX_VALUE - 64);
        Content content = new Content(0, 0, 0, 0, Set.of(), "byte[]", "n", "k", null, huge);

        assertThatThrownBy(() -> new Envelope(lease().header(), content).toBytes())
                .isInstanceOf(CacheCapacityException.class)
                .hasMessageContaining("at most 2147483583");
    }

    @Test
    void text_without_a_utf_8_form_is_refused() {
        Content content = new Content(0, 0, 0, 0, Set.of("\uD83D"), "s", "n", "k", null, null);

        assertThatThrownBy(() -> new Envelope(lease().header(), content).toBytes())
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("tag of a value has an unpaired surrogate");
    }

    private static Envelope lease() {
        return EnvelopeSamples.all().get("lease");
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
