package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Entries.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.spi.StoredEntry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisCountersIT extends RedisTest {

    private static final byte[] KEY = key("n");

    @Test
    void an_absent_counter_starts_at_zero_and_lives_as_long_as_the_first_increment_says() {
        assertThat(get(backend.increment(KEY, 5, 60_000))).isEqualTo(5);
        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);

        assertThat(get(backend.increment(KEY, -7, 5_000_000))).isEqualTo(-2);
        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
        assertThat(get(backend.get(KEY))).isEqualTo(bytes("-2"));
    }

    @Test
    void a_counter_may_live_for_ever_and_get_an_end_later() {
        get(backend.increment(KEY, 1, StoredEntry.NEVER));
        assertThat(get(backend.ttl(KEY))).isEqualTo(StoredEntry.NEVER);

        assertThat(get(backend.expire(KEY, 60_000, 1))).isTrue();

        assertThat(get(backend.ttl(KEY))).isBetween(50_000L, 60_000L);
        assertThat(get(backend.get(KEY))).isEqualTo(bytes("1"));
    }

    @Test
    void a_lease_record_counts_as_an_absent_counter() {
        server.set(KEY, lease());

        assertThat(get(backend.increment(KEY, 1, 60_000))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 53) - 1})
    void every_number_of_64_bits_is_told_exactly(long number) {
        assertThat(get(backend.increment(KEY, number, 60_000))).isEqualTo(number);
        assertThat(get(backend.increment(KEY, 0, 60_000))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
    void a_sum_beyond_64_bits_is_refused_and_the_counter_keeps_its_value(long end) {
        get(backend.increment(KEY, end, 60_000));

        assertThatThrownBy(() -> get(backend.increment(KEY, Long.signum(end), 60_000)))
                .isInstanceOf(ArithmeticException.class);

        assertThat(get(backend.increment(KEY, 0, 60_000))).isEqualTo(end);
    }

    @Test
    void another_value_is_refused_and_stays() {
        get(backend.set(entry("n", "v"), false));
        byte[] value = get(backend.get(KEY));

        assertThatThrownBy(() -> get(backend.increment(KEY, 1, 60_000)))
                .isInstanceOf(CacheSerializationException.class);

        assertThat(get(backend.get(KEY))).isEqualTo(value);
    }

    @Test
    void a_foreign_value_is_refused_and_stays() {
        server.set(KEY, bytes("seven"));
        server.hset(key("hash"), bytes("field"), bytes("1"));

        assertThatThrownBy(() -> get(backend.increment(KEY, 1, 60_000)))
                .isInstanceOf(CacheSerializationException.class);
        assertThatThrownBy(() -> get(backend.increment(key("hash"), 1, 60_000)))
                .isInstanceOf(CacheSerializationException.class);

        assertThat(server.get(KEY)).isEqualTo(bytes("seven"));
        assertThat(server.hlen(key("hash"))).isEqualTo(1);
    }

    @Test
    void concurrent_increments_each_get_a_sum_of_their_own() {
        List<CompletionStage<Long>> sums = IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(i -> backend.increment(KEY, 1, 60_000))
                .toList();

        assertThat(sums.stream().map(Entries::get))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
    }
}
