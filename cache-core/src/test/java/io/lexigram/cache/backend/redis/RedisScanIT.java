package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisScanIT extends RedisTest {

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a?", "[a-z]", "a\\", "\\*", "a]", "^a", "", "a:{"})
    void a_prefix_is_taken_literally(String prefix) {
        server.set(bytes(prefix + "-inside"), bytes("1"));
        server.set(bytes(prefix), bytes("1"));
        Stream.of("ab", "b", "a-", "x", "a").forEach(key -> server.set(bytes(key), bytes("1")));
        List<String> expected = text(server.keys("*").stream()).stream()
                .filter(key -> key.startsWith(prefix))
                .toList();

        assertThat(scan(bytes(prefix))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void keys_may_hold_any_bytes() {
        byte[] key = new byte[256];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        server.set(key, bytes("1"));

        for (int length : new int[] {1, 43, 128, 255, 256}) {
            try (Stream<byte[]> keys = backend.scan(Arrays.copyOf(key, length))) {
                assertThat(keys).containsExactly(key);
            }
        }
    }

    @Test
    void all_of_many_keys_are_found_each_at_least_once() {
        List<String> expected =
                IntStream.range(0, 5_000).mapToObj(i -> "in:" + i).toList();
        expected.forEach(key -> server.set(bytes(key), bytes("1")));
        IntStream.range(0, 5_000).forEach(i -> server.set(bytes("out:" + i), bytes("1")));

        assertThat(scan(bytes("in:")).stream().distinct()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void pages_are_fetched_as_they_are_asked_for_and_not_after_the_stream_is_closed() {
        IntStream.range(0, 5_000).forEach(i -> server.set(bytes("k" + i), bytes("1")));
        server.configResetstat();

        Stream<byte[]> keys = backend.scan(bytes("k"));
        assertThat(calls("scan")).isZero();
        Iterator<byte[]> iterator = keys.iterator();
        assertThat(iterator.hasNext()).isTrue();
        keys.close();
        List<byte[]> rest = new ArrayList<>();
        iterator.forEachRemaining(rest::add);

        assertThat(calls("scan")).isEqualTo(1);
        assertThat(rest).hasSizeLessThan(5_000);
    }

    private static List<String> scan(byte[] prefix) {
        try (Stream<byte[]> keys = backend.scan(prefix)) {
            return text(keys);
        }
    }

    private static List<String> text(Stream<byte[]> keys) {
        return keys.map(key -> new String(key, StandardCharsets.UTF_8)).toList();
    }
}
