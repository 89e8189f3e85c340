package io.lexigram.cache.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.channel.Message.Goodbye;
import io.lexigram.cache.channel.Message.Heartbeat;
import io.lexigram.cache.channel.Message.Invalidated;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private static final long PUBLISHER = 0x0102030405060708L;

    /** As nodes of the first version send them. They are never changed: running nodes read them. */
    private static final Map<String, Message> GOLDEN = new LinkedHashMap<>();

    static {
        GOLDEN.put(
                "4c0101" + "0102030405060708" + "0000000000000000" + "0000000000000009" + "0000000000000000"
                        + "0000000000000000" + "00000002" + "00000001" + "61" + "00000002" + "6263" + "00000000",
                new Invalidated(
                        PUBLISHER, 0, 9, Invalidation.ofKeys(List.of(new byte[] {'a'}, new byte[] {'b', 'c'}))));
        GOLDEN.put(
                "4c0101" + "0102030405060708" + "fffffffffffffffe" + "0000000000000001" + "0000000000000003"
                        + "ffffffffffffffff" + "00000000" + "00000001" + "00000000",
                new Invalidated(PUBLISHER, -2, 1, Invalidation.ofGroups(List.of(new byte[0]), 3, -1)));
        GOLDEN.put(
                "4c0102" + "0102030405060708" + "0000000000000007" + "00000001" + "0000000000000000"
                        + "0000000000000009",
                new Heartbeat(PUBLISHER, 7, Map.of(0L, 9L)));
        GOLDEN.put("4c0103" + "0102030405060708" + "00000000", new Goodbye(PUBLISHER, Map.of()));
    }

    private static List<String> golden() {
        return List.copyOf(GOLDEN.keySet());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_message_is_written_with_the_same_bytes(String hex) {
        assertThat(HexFormat.of().formatHex(MessageCodec.encode(GOLDEN.get(hex))))
                .isEqualTo(hex);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_message_is_read_as_what_it_was(String hex) {
        Message message = MessageCodec.decode(HexFormat.of().parseHex(hex));

        assertThat(message).hasSameClassAs(GOLDEN.get(hex));
        assertThat(MessageCodec.encode(message)).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void a_message_that_ends_anywhere_else_is_refused(String hex) {
        byte[] whole = HexFormat.of().parseHex(hex);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MessageCodec.decode(part)).isInstanceOf(CacheSerializationException.class);
        }
        assertThatThrownBy(() -> MessageCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(CacheSerializationException.class)
                .hasMessageContaining("1 bytes after its end");
    }

    @Test
    void another_magic_version_or_type_is_refused() {
        byte[] message = MessageCodec.encode(new Goodbye(PUBLISHER, Map.of()));

        for (int at = 0; at < 3; at++) {
            byte[] other = message.clone();
            other[at] = 9;
            assertThatThrownBy(() -> MessageCodec.decode(other)).isInstanceOf(CacheSerializationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 100_000_000})
    void a_length_beyond_the_message_is_refused_before_anything_is_allocated(int length) {
        byte[] message = MessageCodec.encode(new Invalidated(1, 0, 1, Invalidation.ofKeys(List.of(new byte[3]))));
        int countAt = 3 + 5 * Long.BYTES;

        for (int at : new int[] {countAt, countAt + 4}) {
            byte[] hostile = message.clone();
            ByteBuffer.wrap(hostile).putInt(at, length);
            assertThatThrownBy(() -> MessageCodec.decode(hostile)).isInstanceOf(CacheSerializationException.class);
        }
    }

    @Test
    void a_sequence_that_counts_nothing_is_refused() {
        assertThatThrownBy(() -> decoded(new Invalidated(1, 0, 0, Invalidation.ofKeys(List.of()))))
                .hasMessageContaining("sequence 0");
        assertThatThrownBy(() -> decoded(new Goodbye(1, Map.of(0L, -1L)))).hasMessageContaining("sequence -1");
    }

    @Test
    void a_message_of_more_than_its_limit_is_neither_written_nor_read() {
        Invalidation large = Invalidation.ofKeys(List.of(new byte[MessageCodec.MAX_BYTES]));
        assertThatThrownBy(() -> MessageCodec.encode(new Invalidated(1, 0, 1, large)))
                .hasMessageContaining("a message holds 1048576");

        byte[] heartbeat = MessageCodec.encode(new Heartbeat(1, 1, Map.of()));
        assertThatThrownBy(() -> MessageCodec.decode(Arrays.copyOf(heartbeat, MessageCodec.MAX_BYTES + 1)))
                .hasMessageContaining("no message");
    }

    @Test
    void more_lanes_than_a_backend_has_primaries_are_refused() {
        Map<Long, Long> heads = new LinkedHashMap<>();
        for (long lane = 0; lane <= MessageCodec.MAX_LANES; lane++) {
            heads.put(lane, 1L);
        }
        assertThatThrownBy(() -> decoded(new Heartbeat(1, 1, heads))).hasMessageContaining("1001 lanes");
    }

    @Test
    void whatever_the_bytes_they_are_a_message_or_refused() {
        Random random = new Random(42);
        List<String> golden = golden();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = HexFormat.of().parseHex(golden.get(i % golden.size()));
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(MessageCodec.encode(MessageCodec.decode(bytes))).hasSizeLessThanOrEqualTo(bytes.length);
            } catch (CacheSerializationException refused) {
                assertThat(refused).hasNoCause();
            }
        }
    }

    private static Message decoded(Message message) {
        return MessageCodec.decode(MessageCodec.encode(message));
    }
}
