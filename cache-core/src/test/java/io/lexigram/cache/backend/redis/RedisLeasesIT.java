package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Leased.LONG;
import static io.lexigram.cache.backend.redis.Leased.header;
import static io.lexigram.cache.backend.redis.Leased.record;
import static io.lexigram.cache.backend.redis.Leased.value;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.RedisServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisLeasesIT extends RedisTest {

    private static final byte[] KEY = key("k");
    private static final long NONE = 0;

    @Test
    void what_is_absent_is_claimed_and_the_next_one_sees_the_lease() {
        byte[] mine = record(1, 11);

        assertThat(get(backend.claim(KEY, mine, LONG))).isNull();
        assertThat(get(backend.claim(KEY, record(2, 22), LONG))).isEqualTo(mine);

        assertThat(server.get(KEY)).isEqualTo(mine);
        assertThat(server.pttl(KEY)).isBetween(LONG - 60_000, LONG);
    }

    @Test
    void a_claim_of_what_is_there_reads_it_and_changes_nothing() {
        ByteEntry entry = value("k", 1, "v");
        get(backend.set(entry, false));
        server.hset(key("hash"), bytes("field"), bytes("value"));

        assertThat(get(backend.claim(KEY, record(2, 22), LONG))).isEqualTo(entry.value());
        assertThat(get(backend.claim(key("hash"), record(2, 22), LONG))).isEmpty();

        assertThat(server.get(KEY)).isEqualTo(entry.value());
        assertThat(server.pttl(KEY)).isEqualTo(-1);
    }

    @Test
    void claims_of_many_are_answered_in_the_order_of_the_keys() {
        ByteEntry entry = value("b", 1, "v");
        get(backend.set(entry, false));
        byte[] theirs = record(2, 22);
        get(backend.claim(key("c"), theirs, LONG));

        List<byte[]> answers = get(backend.claimMany(
                List.of(key("a"), key("b"), key("c"), key("d")),
                List.of(record(3, 33), record(4, 44), record(5, 55), record(6, 66)),
                LONG));

        assertThat(answers).containsExactly(null, entry.value(), theirs, null);
        assertThat(server.get(key("d"))).isEqualTo(record(6, 66));
        assertThat(get(backend.claimMany(List.of(), List.of(), LONG))).isEmpty();
    }

    @Test
    void of_two_nodes_that_claim_at_once_one_gets_the_lease() {
        try (RedisBackend other = backendOf(RedisServer.shared())) {
            List<CompletionStage<byte[]>> first = new ArrayList<>();
            List<CompletionStage<byte[]>> second = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                first.add(backend.claim(key("k" + i), record(1, 11), LONG));
                second.add(other.claim(key("k" + i), record(2, 22), LONG));
            }
            for (int i = 0; i < 500; i++) {
                byte[] mine = get(first.get(i));
                byte[] theirs = get(second.get(i));
                assertThat(mine == null ? theirs : mine).isEqualTo(mine == null ? record(1, 11) : record(2, 22));
                assertThat(mine == null).isNotEqualTo(theirs == null);
            }
        }
    }

    @Test
    void the_holder_fills_and_the_lease_is_over() {
        get(backend.claim(KEY, record(1, 11), LONG));
        ByteEntry loaded = value("k", 2, "loaded");

        assertThat(get(backend.fill(loaded, 11))).isTrue();

        assertThat(get(backend.get(KEY))).isEqualTo(loaded.value());
        assertThat(server.pttl(KEY)).isEqualTo(-1);
        assertThat(get(backend.fill(value("k", 3, "again"), 11))).isFalse();
        assertThat(get(backend.get(KEY))).isEqualTo(loaded.value());
    }

    @Test
    void a_fill_sets_the_lifetime_of_the_entry() {
        get(backend.claim(KEY, record(1, 11), 5_000));
        ByteEntry loaded = value("k", 2, "loaded");

        get(backend.fill(new ByteEntry(KEY, loaded.value(), LONG, Set.of()), 11));

        assertThat(server.pttl(KEY)).isBetween(LONG - 60_000, LONG);
    }

    @Test
    void a_fill_without_the_lease_is_refused_whatever_is_there() {
        ByteEntry stored = value("stored", 1, "v");
        get(backend.set(stored, false));
        get(backend.claim(key("leased"), record(1, 11), LONG));
        server.set(key("raw"), bytes("12"));
        server.hset(key("hash"), bytes("field"), bytes("value"));

        for (String key : List.of("stored", "leased", "raw", "hash", "absent")) {
            for (long token : new long[] {NONE, 22}) {
                assertThat(get(backend.fill(value(key, 2, "late"), token)))
                        .as("%s under %d", key, token)
                        .isFalse();
            }
        }
        assertThat(get(backend.get(key("stored")))).isEqualTo(stored.value());
        assertThat(get(backend.get(key("leased")))).isEqualTo(record(1, 11));
        assertThat(get(backend.get(key("absent")))).isNull();
    }

    @Test
    void what_was_deleted_or_put_meanwhile_is_not_filled() {
        get(backend.claim(KEY, record(1, 11), LONG));
        assertThat(get(backend.delete(KEY))).isFalse();
        assertThat(get(backend.fill(value("k", 2, "late"), 11))).isFalse();
        assertThat(get(backend.get(KEY))).isNull();

        get(backend.claim(KEY, record(3, 33), LONG));
        get(backend.deleteMany(List.of(KEY)));
        assertThat(get(backend.fill(value("k", 4, "late"), 33))).isFalse();

        get(backend.claim(KEY, record(5, 55), LONG));
        ByteEntry put = value("k", 6, "put");
        get(backend.set(put, false));
        assertThat(get(backend.fill(value("k", 7, "late"), 55))).isFalse();
        assertThat(get(backend.get(KEY))).isEqualTo(put.value());
    }

    @Test
    void fills_of_many_are_answered_in_the_order_of_the_entries() {
        get(backend.claimMany(
                List.of(key("a"), key("b"), key("c")), List.of(record(1, 11), record(2, 22), record(3, 33)), LONG));
        get(backend.delete(key("b")));

        assertThat(get(backend.fillMany(
                        List.of(value("a", 4, "a", "t"), value("b", 5, "b", "t"), value("c", 6, "c")),
                        List.of(11L, 22L, 33L))))
                .containsExactly(true, false, true);

        assertThat(get(backend.exists(key("b")))).isFalse();
        assertThat(get(backend.fillMany(List.of(), List.of()))).isEmpty();
    }

    @Test
    void what_was_filled_is_found_by_its_tags() {
        get(backend.claim(KEY, record(1, 11), LONG));
        get(backend.fill(value("k", 2, "v", "t"), 11));
        get(backend.fill(value("refused", 3, "v", "t"), 11));

        assertThat(backend.removeTagged("t", Entries.KEYS.prefix())).isEqualTo(1);
        assertThat(get(backend.get(KEY))).isNull();
    }

    @Test
    void the_lease_of_a_value_is_taken_in_its_header_and_nothing_else_changes() {
        ByteEntry stale = value("k", 1, "stale");
        get(backend.set(new ByteEntry(KEY, stale.value(), LONG, Set.of()), false));
        long before = serverMillis();

        assertThat(get(backend.takeOver(KEY, record(2, 22), 60_000, 1, NONE))).isNull();

        byte[] stored = get(backend.get(KEY));
        Envelope.Header header = header(stored);
        assertThat(header.leaseToken()).isEqualTo(22);
        assertThat(header.leaseUntilMillis()).isBetween(before + 60_000, serverMillis() + 60_000);
        assertThat(header.entryId()).isEqualTo(1);
        assertThat(header.groupSeq()).isEqualTo(Leased.STAMP);
        assertThat(server.pttl(KEY)).isBetween(LONG - 60_000, LONG);
        assertThat(stored).hasSameSizeAs(stale.value());
    }

    @Test
    void a_live_lease_is_not_taken_over_but_answered() {
        get(backend.set(value("k", 1, "stale"), false));
        get(backend.takeOver(KEY, record(2, 22), LONG, 1, NONE));
        get(backend.claim(key("record"), record(3, 33), LONG));

        assertThat(header(get(backend.takeOver(KEY, record(4, 44), LONG, 1, NONE)))
                        .leaseToken())
                .isEqualTo(22);
        assertThat(get(backend.takeOver(key("record"), record(4, 44), LONG, 3, NONE)))
                .isEqualTo(record(3, 33));
        assertThat(get(backend.fill(value("k", 5, "fresh"), 22))).isTrue();
    }

    @Test
    void a_void_lease_is_taken_over_although_it_lives_and_its_late_fill_is_refused() {
        get(backend.set(value("k", 1, "stale"), false));
        get(backend.takeOver(KEY, record(2, 22), LONG, 1, NONE));
        get(backend.claim(key("record"), record(3, 33), LONG));

        assertThat(get(backend.takeOver(KEY, record(4, 44), LONG, 1, 22))).isNull();
        assertThat(get(backend.takeOver(key("record"), record(5, 55), LONG, 3, 33)))
                .isNull();
        assertThat(server.get(key("record"))).isEqualTo(record(5, 55));

        assertThat(get(backend.fill(value("k", 6, "late"), 22))).isFalse();
        assertThat(get(backend.fill(value("record", 6, "late"), 33))).isFalse();
        assertThat(get(backend.fill(value("k", 7, "fresh"), 44))).isTrue();
        assertThat(get(backend.fill(value("record", 8, "fresh"), 55))).isTrue();
    }

    @Test
    void another_entry_than_was_seen_is_answered_instead_of_taken_over() {
        ByteEntry newer = value("k", 1, "newer");
        get(backend.set(newer, false));
        get(backend.claim(key("record"), record(2, 22), LONG));
        server.set(key("raw"), bytes("12"));
        server.hset(key("hash"), bytes("field"), bytes("value"));
        server.set(key("empty"), bytes(""));

        assertThat(get(backend.takeOver(KEY, record(3, 33), LONG, 9, NONE))).isEqualTo(newer.value());
        assertThat(get(backend.takeOver(key("record"), record(3, 33), LONG, 9, 22)))
                .isEqualTo(record(2, 22));
        assertThat(get(backend.takeOver(key("raw"), record(3, 33), LONG, 9, NONE)))
                .isEqualTo(bytes("12"));
        assertThat(get(backend.takeOver(key("hash"), record(3, 33), LONG, 9, NONE)))
                .isEmpty();
        assertThat(get(backend.takeOver(key("empty"), record(3, 33), LONG, 9, NONE)))
                .isEmpty();
        assertThat(server.get(KEY)).isEqualTo(newer.value());
    }

    /** Bytes 12 to 19 of either would be its token. */
    @Test
    void what_is_no_envelope_has_no_lease_whatever_its_bytes() {
        long token = 0x6161616161616161L;
        byte[] cutOff = new byte[Envelope.HEADER_LENGTH - 1];
        Arrays.fill(cutOff, (byte) 'a');
        cutOff[0] = Envelope.MAGIC_0;
        cutOff[1] = Envelope.MAGIC_1;
        byte[] foreign = bytes("a".repeat(200));
        for (byte[] value : List.of(cutOff, foreign)) {
            server.set(KEY, value);

            assertThat(get(backend.fill(value("k", 2, "late"), token))).isFalse();
            assertThat(get(backend.renew(KEY, token, LONG))).isFalse();
            assertThat(get(backend.release(KEY, token, false))).isFalse();
            assertThat(get(backend.announceWaiter(KEY, token))).isEqualTo(value);
            assertThat(get(backend.takeOver(KEY, record(3, 33), LONG, token, token)))
                    .isEqualTo(value);
            assertThat(server.get(KEY)).isEqualTo(value);
        }
    }

    @Test
    void where_nothing_is_left_nothing_is_taken_over() {
        assertThat(get(backend.takeOver(KEY, record(1, 11), LONG, 9, NONE))).isEmpty();
        assertThat(get(backend.get(KEY))).isNull();
    }

    @Test
    void a_lease_that_ended_by_the_servers_clock_is_taken_over_and_the_late_fill_is_refused() {
        get(backend.set(value("k", 1, "stale"), false));
        get(backend.takeOver(KEY, record(2, 22), 50, 1, NONE));

        await().until(() -> get(backend.takeOver(KEY, record(3, 33), LONG, 1, NONE)) == null);

        assertThat(get(backend.fill(value("k", 4, "late"), 22))).isFalse();
        assertThat(get(backend.renew(KEY, 22, LONG))).isFalse();
        assertThat(get(backend.release(KEY, 22, false))).isFalse();
        assertThat(get(backend.fill(value("k", 5, "fresh"), 33))).isTrue();
    }

    @Test
    void a_lease_record_ends_with_its_lifetime() {
        get(backend.claim(KEY, record(1, 11), 50));

        await().until(() -> get(backend.claim(KEY, record(2, 22), LONG)) == null);

        assertThat(get(backend.fill(value("k", 3, "late"), 11))).isFalse();
    }

    @Test
    void of_two_nodes_that_take_over_at_once_one_gets_the_lease() {
        try (RedisBackend other = backendOf(RedisServer.shared())) {
            get(backend.setMany(IntStream.range(0, 300)
                    .mapToObj(i -> value("k" + i, 1, "stale"))
                    .toList()));
            List<CompletionStage<byte[]>> first = new ArrayList<>();
            List<CompletionStage<byte[]>> second = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                first.add(backend.takeOver(key("k" + i), record(2, 22), LONG, 1, NONE));
                second.add(other.takeOver(key("k" + i), record(3, 33), LONG, 1, NONE));
            }
            for (int i = 0; i < 300; i++) {
                byte[] mine = get(first.get(i));
                byte[] theirs = get(second.get(i));
                assertThat(mine == null).isNotEqualTo(theirs == null);
                assertThat(header(mine == null ? theirs : mine).leaseToken()).isEqualTo(mine == null ? 22 : 33);
            }
        }
    }

    @Test
    void an_invalidation_during_a_takeover_refuses_the_fill() {
        get(backend.set(value("k", 1, "stale"), false));
        get(backend.takeOver(KEY, record(2, 22), LONG, 1, NONE));

        assertThat(get(backend.delete(KEY))).isTrue();

        assertThat(get(backend.fill(value("k", 3, "late"), 22))).isFalse();
        assertThat(get(backend.get(KEY))).isNull();
    }

    @Test
    void a_lease_is_prolonged_by_who_has_it() {
        get(backend.claim(key("record"), record(1, 11), 5_000));
        get(backend.set(value("k", 2, "stale"), false));
        get(backend.takeOver(KEY, record(3, 33), 1, 2, NONE));

        assertThat(get(backend.renew(key("record"), 11, LONG))).isTrue();
        assertThat(get(backend.renew(KEY, 33, LONG))).isTrue();

        assertThat(server.pttl(key("record"))).isBetween(LONG - 60_000, LONG);
        assertThat(get(backend.takeOver(KEY, record(4, 44), LONG, 2, NONE))).isNotNull();
        assertThat(server.pttl(KEY)).isEqualTo(-1);
        assertThat(get(backend.renew(KEY, 44, LONG))).isFalse();
        assertThat(get(backend.renew(KEY, NONE, LONG))).isFalse();
        assertThat(get(backend.renew(key("absent"), 11, LONG))).isFalse();
    }

    @Test
    void giving_back_removes_a_lease_record_and_leaves_a_value_free() {
        get(backend.claim(key("record"), record(1, 11), LONG));
        ByteEntry stale = value("k", 2, "stale");
        get(backend.set(stale, false));
        get(backend.takeOver(KEY, record(3, 33), LONG, 2, NONE));
        get(backend.announceWaiter(KEY, 33));

        assertThat(get(backend.release(key("record"), 22, false))).isFalse();
        assertThat(get(backend.release(key("record"), 11, false))).isTrue();
        assertThat(get(backend.release(KEY, 33, false))).isTrue();

        assertThat(server.exists(key("record"))).isZero();
        assertThat(server.get(KEY)).isEqualTo(stale.value());
        assertThat(get(backend.release(KEY, 33, false))).isFalse();
        assertThat(get(backend.release(KEY, NONE, false))).isFalse();
    }

    @Test
    void giving_back_the_lease_of_a_value_that_nobody_waits_for_leaves_it_as_it_was() {
        ByteEntry stale = value("k", 2, "stale");
        get(backend.set(stale, false));
        get(backend.takeOver(KEY, record(3, 33), LONG, 2, NONE));

        assertThat(get(backend.release(KEY, 33, false))).isTrue();

        assertThat(server.get(KEY)).isEqualTo(stale.value());
    }

    @Test
    void a_waiter_is_noted_under_the_lease_it_saw() {
        get(backend.claim(key("record"), record(1, 11), LONG));
        get(backend.set(value("k", 2, "stale"), false));
        get(backend.takeOver(KEY, record(3, 33), LONG, 2, NONE));

        assertThat(get(backend.announceWaiter(key("record"), 11))).isNull();
        assertThat(get(backend.announceWaiter(KEY, 33))).isNull();
        assertThat(get(backend.announceWaiter(KEY, 33))).isNull();

        assertThat(header(server.get(key("record"))).waiters()).isTrue();
        assertThat(header(server.get(KEY)).waiters()).isTrue();
        assertThat(server.pttl(key("record"))).isBetween(LONG - 60_000, LONG);
    }

    @Test
    void a_fill_between_the_waiters_read_and_its_announcement_is_answered() {
        get(backend.claim(KEY, record(1, 11), LONG));
        assertThat(get(backend.claim(KEY, record(2, 22), LONG))).isEqualTo(record(1, 11));
        ByteEntry loaded = value("k", 3, "loaded");
        get(backend.fill(loaded, 11));

        assertThat(get(backend.announceWaiter(KEY, 11))).isEqualTo(loaded.value());

        assertThat(server.get(KEY)).isEqualTo(loaded.value());
    }

    @Test
    void who_would_wait_for_a_lease_that_is_gone_sees_what_is_there() {
        get(backend.claim(KEY, record(1, 11), LONG));
        get(backend.set(value("dead", 2, "stale"), false));
        get(backend.takeOver(key("dead"), record(3, 33), 1, 2, NONE));
        server.hset(key("hash"), bytes("field"), bytes("value"));

        assertThat(get(backend.announceWaiter(KEY, 22))).isEqualTo(record(1, 11));
        assertThat(get(backend.announceWaiter(key("absent"), 11))).isEmpty();
        assertThat(get(backend.announceWaiter(key("hash"), 11))).isEmpty();
        await().until(() -> get(backend.announceWaiter(key("dead"), 33)) != null);
    }

    @Test
    void a_noted_waiter_outlives_the_takeover_of_the_lease() {
        get(backend.claim(KEY, record(1, 11), LONG));
        get(backend.announceWaiter(KEY, 11));

        get(backend.takeOver(KEY, record(2, 22), LONG, 1, 11));

        assertThat(header(server.get(KEY)).leaseToken()).isEqualTo(22);
        assertThat(header(server.get(KEY)).waiters()).isTrue();
    }

    @Test
    void a_leased_value_stays_a_value_for_everything_else() {
        get(backend.set(value("k", 1, "stale", "t"), false));
        get(backend.takeOver(KEY, record(2, 22), LONG, 1, NONE));
        get(backend.announceWaiter(KEY, 22));

        assertThat(get(backend.exists(KEY))).isTrue();
        assertThat(get(backend.ttl(KEY))).isEqualTo(StoredEntry.NEVER);
        assertThat(get(backend.expire(KEY, LONG, 1_700_000_000_123L))).isTrue();
        get(backend.accessed(KEY, 3, 1_700_000_000_000L));
        assertThat(get(backend.set(value("k", 3, "other"), true))).isFalse();

        Envelope.Header header = header(get(backend.get(KEY)));
        assertThat(header.leaseToken()).isEqualTo(22);
        assertThat(header.waiters()).isTrue();
        assertThat(header.expiresAtMillis()).isEqualTo(1_700_000_000_123L);
        assertThat(header.hits()).isEqualTo(3);
        assertThat(backend.removeTagged("t", Entries.KEYS.prefix())).isEqualTo(1);
        assertThat(get(backend.fill(value("k", 4, "late"), 22))).isFalse();
    }

    @Test
    void a_server_that_has_forgotten_the_scripts_is_taught_again() {
        get(backend.ping());
        server.scriptFlush();

        get(backend.claim(KEY, record(1, 11), LONG));
        assertThat(get(backend.announceWaiter(KEY, 11))).isNull();
        assertThat(get(backend.renew(KEY, 11, LONG))).isTrue();
        assertThat(get(backend.takeOver(KEY, record(2, 22), LONG, 1, 11))).isNull();
        assertThat(get(backend.fillMany(List.of(value("k", 3, "v")), List.of(22L))))
                .containsExactly(true);
        assertThat(get(backend.deleteMany(List.of(KEY)))).isEqualTo(1);
        get(backend.claim(KEY, record(4, 44), LONG));
        assertThat(get(backend.release(KEY, 44, true))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"maxmemory, 1, 0, OOM", "min-replicas-to-write, 1, 0, NOREPLICAS"})
    void while_the_server_takes_no_writes_hits_are_hits_and_claims_fail_with_its_words(
            String setting, String value, String usual, String words) {
        ByteEntry entry = value("k", 1, "v");
        get(backend.set(entry, false));
        get(backend.claim(key("leased"), record(2, 22), LONG));
        server.configSet(setting, value);
        try {
            assertThat(get(backend.claim(KEY, record(3, 33), LONG))).isEqualTo(entry.value());
            assertThat(get(backend.claim(key("leased"), record(3, 33), LONG))).isEqualTo(record(2, 22));
            assertThat(get(backend.claimMany(List.of(KEY, key("leased")), List.of(record(3, 33), record(4, 44)), LONG)))
                    .containsExactly(entry.value(), record(2, 22));
            List<CompletionStage<?>> refused = List.of(
                    backend.claim(key("absent"), record(3, 33), LONG),
                    backend.claimMany(List.of(KEY, key("absent")), List.of(record(3, 33), record(3, 33)), LONG),
                    backend.takeOver(KEY, record(3, 33), LONG, 1, NONE),
                    backend.fill(value("leased", 4, "v"), 22));
            for (CompletionStage<?> claim : refused) {
                assertThatThrownBy(() -> get(claim))
                        .isInstanceOf(CacheBackendException.class)
                        .hasMessageContaining(words);
            }
        } finally {
            server.configSet(setting, usual);
        }
    }

    @Test
    void removing_and_giving_back_a_lease_record_go_on_when_memory_is_full() {
        get(backend.set(value("k", 1, "v"), false));
        get(backend.claim(key("leased"), record(2, 22), LONG));
        get(backend.announceWaiter(key("leased"), 22));
        server.configSet("maxmemory", "1");
        try {
            assertThat(get(backend.delete(KEY))).isTrue();
            assertThat(get(backend.renew(key("leased"), 22, LONG))).isTrue();
            assertThat(get(backend.release(key("leased"), 22, false))).isTrue();
        } finally {
            server.configSet("maxmemory", "0");
        }
    }

    private static long serverMillis() {
        List<byte[]> time = server.time();
        return Long.parseLong(new String(time.get(0), US_ASCII)) * 1000
                + Long.parseLong(new String(time.get(1), US_ASCII)) / 1000;
    }
}
