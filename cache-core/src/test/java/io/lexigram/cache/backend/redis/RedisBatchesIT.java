package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisBatchesIT extends RedisTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 501, 10_000})
    void a_batch_of_any_size_is_written_read_and_removed(int size) {
        List<ByteEntry> entries = IntStream.range(0, size)
                .mapToObj(i -> entry("k" + i, "v" + i, 60_000))
                .toList();
        List<byte[]> keys = entries.stream().map(ByteEntry::key).toList();

        get(backend.setMany(entries));

        assertThat(server.dbsize()).isEqualTo(size);
        assertThat(get(backend.getMany(keys)))
                .containsExactlyElementsOf(
                        entries.stream().map(ByteEntry::value).toList());
        assertThat(get(backend.heads(keys, 70))).hasSize(size).allSatisfy(head -> assertThat(head)
                .hasSize(70));
        assertThat(get(backend.deleteMany(keys))).isEqualTo(size);
        assertThat(server.dbsize()).isZero();
    }

    @Test
    void values_come_in_the_order_of_the_keys_with_null_where_there_is_none() {
        ByteEntry a = entry("a", "1");
        ByteEntry b = entry("b", "2");
        get(backend.setMany(List.of(a, b)));

        assertThat(get(backend.getMany(List.of(key("b"), key("x"), key("a"), key("b")))))
                .containsExactly(b.value(), null, a.value(), b.value());
        assertThat(get(backend.heads(List.of(key("x"), key("a")), 3)))
                .containsExactly(null, new byte[] {(byte) 0x9C, 'L', 1});
    }

    @Test
    void a_key_named_twice_is_counted_once() {
        get(backend.set(entry("a", "1"), false));

        assertThat(get(backend.deleteMany(List.of(key("a"), key("a"), key("absent")))))
                .isEqualTo(1);
    }

    @Test
    void each_entry_of_a_batch_has_a_lifetime_of_its_own() {
        get(backend.setMany(List.of(entry("a", "1", 60_000), entry("b", "2"), entry("c", "3", 600_000))));

        assertThat(server.pttl(key("a"))).isBetween(50_000L, 60_000L);
        assertThat(server.pttl(key("b"))).isEqualTo(-1);
        assertThat(server.pttl(key("c"))).isBetween(590_000L, 600_000L);
    }
}
