package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Leased.LONG;
import static io.lexigram.cache.backend.redis.Leased.header;
import static io.lexigram.cache.backend.redis.Leased.record;
import static io.lexigram.cache.backend.redis.Leased.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens that a fill needs and that keep nobody from loading. */
class RedisReservationsIT extends RedisTest {

    private static final byte[] KEY = key("k");
    private static final long NONE = 0;

    @Test
    void what_is_absent_is_reserved_for_a_while() {
        assertThat(reserve("k", 11)).isTrue();

        assertThat(server.get(KEY)).isEqualTo(reserved(11));
        assertThat(server.pttl(KEY)).isBetween(LONG - 60_000, LONG);
        assertThat(get(backend.exists(KEY))).isFalse();
        assertThat(get(backend.fill(value("k", 2, "v"), 22))).isFalse();
        assertThat(get(backend.fill(value("k", 2, "v"), 11))).isTrue();
    }

    @Test
    void what_is_there_is_reserved_in_its_header_and_stays() {
        ByteEntry stored = value("k", 1, "there");
        get(backend.set(stored, false));

        assertThat(reserve("k", 11)).isTrue();

        assertThat(header(server.get(KEY)).leaseToken()).isEqualTo(11);
        assertThat(header(server.get(KEY)).leaseUntilMillis()).isZero();
        assertThat(header(server.get(KEY)).groupSeq()).isEqualTo(Leased.STAMP);
        assertThat(server.pttl(KEY)).isEqualTo(-1);
        assertThat(get(backend.fill(value("k", 2, "v"), 11))).isTrue();
    }

    @Test
    void nobody_waits_for_a_reservation() {
        get(backend.set(value("value", 1, "there"), false));
        for (String key : List.of("k", "value")) {
            reserve(key, 11);

            assertThat(get(backend.announceWaiter(key(key), 11))).isEqualTo(server.get(key(key)));
            assertThat(header(server.get(key(key))).waiters()).isFalse();
        }
    }

    @Test
    void a_load_takes_a_reservation_over_which_is_lost_then() {
        get(backend.set(value("value", 11, "there"), false));
        for (String key : List.of("k", "value")) {
            reserve(key, 11);

            assertThat(get(backend.takeOver(key(key), record(2, 22), LONG, 11, NONE)))
                    .isNull();

            assertThat(get(backend.fill(value(key, 3, "late"), 11))).isFalse();
            assertThat(get(backend.fill(value(key, 3, "loaded"), 22))).isTrue();
        }
    }

    @Test
    void a_later_reservation_takes_the_place_of_an_earlier_one() {
        get(backend.set(value("value", 1, "there"), false));
        for (String key : List.of("k", "value")) {
            reserve(key, 11);

            assertThat(reserve(key, 22)).isTrue();

            assertThat(get(backend.fill(value(key, 3, "late"), 11))).isFalse();
            assertThat(get(backend.fill(value(key, 3, "v"), 22))).isTrue();
        }
    }

    @Test
    void a_load_under_way_is_not_disturbed() {
        get(backend.claim(KEY, record(1, 11), LONG));
        get(backend.set(value("value", 2, "there"), false));
        get(backend.takeOver(key("value"), record(3, 33), LONG, 2, NONE));

        assertThat(reserve("k", 22)).isFalse();
        assertThat(reserve("value", 22)).isFalse();

        assertThat(get(backend.fill(value("k", 4, "v"), 11))).isTrue();
        assertThat(get(backend.fill(value("value", 4, "v"), 33))).isTrue();
    }

    @Test
    void what_is_no_value_of_ours_is_not_reserved_and_stays() {
        server.set(key("raw"), bytes("12"));
        server.set(key("empty"), bytes(""));
        server.hset(key("hash"), bytes("field"), bytes("value"));

        for (String key : List.of("raw", "empty", "hash")) {
            assertThat(reserve(key, 11)).as(key).isFalse();
        }

        assertThat(server.get(key("raw"))).isEqualTo(bytes("12"));
        assertThat(server.get(key("empty"))).isEmpty();
        assertThat(server.hlen(key("hash"))).isEqualTo(1);
    }

    private static boolean reserve(String key, long token) {
        return get(backend.reserve(key(key), reserved(token), token, LONG));
    }

    private static byte[] reserved(long token) {
        return Envelope.lease(token, token, Envelope.RESERVED, 77).toBytes();
    }
}
