package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RestoreArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.cluster.SlotHash;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import io.lexigram.cache.testing.RedisServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisGenerationsIT extends RedisTest {

    private static final byte[] HASH = KEYS.auxiliary("groups", new String(KEYS.prefix(), UTF_8));
    private static final byte[] LOG = KEYS.auxiliary("grouplog", new String(KEYS.prefix(), UTF_8));
    private static final byte[] ORDER = KEYS.auxiliary("grouporder", new String(KEYS.prefix(), UTF_8));
    private static final byte[] A = bytes("a");
    private static final byte[] B = {0, -1, 0, 0, 0, 9};
    /** The sign bit of its stamps is set. */
    private static final long INCARNATION = Stamp.MAX_INCARNATION - 1;

    @Test
    void the_keys_share_a_slot() {
        assertThat(SlotHash.getSlot(LOG)).isEqualTo(SlotHash.getSlot(HASH));
        assertThat(SlotHash.getSlot(ORDER)).isEqualTo(SlotHash.getSlot(HASH));
    }

    @Test
    void there_is_no_clock_until_somebody_needs_one() {
        assertThat(get(backend.clock())).isNull();
        assertThat(get(backend.stamps(List.of(A, B)))).containsExactly(0L, 0L);
        assertThat(get(backend.stamps(List.of()))).isEmpty();
        assertThat(get(backend.floor())).isZero();
        assertThat(get(backend.changesSince(clock(1, 0, 5)))).isEqualTo(new Changes(null, false, null));

        byte[] created = get(backend.advance(List.of(), clock(INCARNATION, 0, 5), 6));

        assertThat(created).isEqualTo(clock(INCARNATION, 0, 5));
        assertThat(get(backend.advance(List.of(), clock(3, 0, 7), 8))).isEqualTo(created);
        assertThat(get(backend.clock())).isEqualTo(created);
    }

    @Test
    void an_invalidation_ticks_and_stamps_its_groups() {
        get(backend.advance(List.of(A), clock(INCARNATION, 0, 5), 6));
        byte[] second = get(backend.advance(List.of(A, B), clock(3, 0, 7), -8));

        assertThat(second).isEqualTo(clock(INCARNATION, 2, -8));
        assertThat(get(backend.clock())).isEqualTo(second);
        assertThat(get(backend.stamps(List.of(bytes("c"), B, A))))
                .containsExactly(0L, Stamp.of(INCARNATION, 2), Stamp.of(INCARNATION, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 31) - 1, (1L << 32) - 1, 1L << 32, Stamp.MAX_SEQ - 3})
    void seqs_are_counted_exactly_up_to_their_36_bits(long from) {
        byte[] start = clock(INCARNATION, from, 5);
        get(backend.advance(List.of(), start, 0));

        get(backend.advance(List.of(A), start, 6));
        byte[] last = get(backend.advance(List.of(B), start, 7));

        assertThat(last).isEqualTo(clock(INCARNATION, from + 2, 7));
        assertThat(get(backend.stamps(List.of(A, B))))
                .containsExactly(Stamp.of(INCARNATION, from + 1), Stamp.of(INCARNATION, from + 2));
        Changes changes = get(backend.changesSince(start));
        assertThat(changes.clock()).isEqualTo(last);
        assertThat(changes.forked()).isFalse();
        assertThat(changes.groups())
                .containsOnlyKeys(ByteBuffer.wrap(A), ByteBuffer.wrap(B))
                .containsEntry(ByteBuffer.wrap(A), Stamp.of(INCARNATION, from + 1));
    }

    @Test
    void a_seq_at_its_end_goes_on_in_another_incarnation_that_knows_no_groups() {
        byte[] start = clock(INCARNATION, Stamp.MAX_SEQ - 1, 5);
        get(backend.advance(List.of(A), start, 6));

        byte[] next = get(backend.advance(List.of(B), clock(9, 0, 7), 8));

        assertThat(next).isEqualTo(clock(9, 1, 8));
        assertThat(get(backend.stamps(List.of(A, B)))).containsExactly(0L, Stamp.of(9, 1));
        assertThat(get(backend.changesSince(clock(9, 0, 7))).groups()).containsOnlyKeys(ByteBuffer.wrap(B));
    }

    @Test
    void changes_since_the_present_are_none() {
        byte[] clock = get(backend.advance(List.of(A), clock(2, 0, 5), 6));

        Changes changes = get(backend.changesSince(clock));

        assertThat(changes.groups()).isEmpty();
        assertThat(changes.forked()).isFalse();
    }

    @Test
    void the_changes_of_one_tick_are_known_whole_and_a_group_by_its_latest_tick() {
        byte[] start = get(backend.advance(List.of(), clock(2, 0, 5), 6));
        get(backend.advance(List.of(A, B, bytes("")), start, 7));
        get(backend.advance(List.of(B), start, 8));

        assertThat(get(backend.changesSince(start)).groups())
                .containsEntry(ByteBuffer.wrap(A), Stamp.of(2, 1))
                .containsEntry(ByteBuffer.wrap(B), Stamp.of(2, 2))
                .containsEntry(ByteBuffer.wrap(bytes("")), Stamp.of(2, 1));
    }

    @Test
    void where_the_log_is_gone_or_has_a_gap_it_tells_nothing() {
        byte[] start = get(backend.advance(List.of(), clock(2, 0, 5), 6));
        get(backend.advance(List.of(A), start, 7));
        get(backend.advance(List.of(B), start, 8));

        server.xdel(LOG, "1-1");
        assertThat(get(backend.changesSince(start))).satisfies(tellsNothing(clock(2, 2, 8)));

        server.del(LOG);
        assertThat(get(backend.changesSince(start)).groups()).isNull();
        byte[] third = get(backend.advance(List.of(A), start, 9));
        assertThat(get(backend.changesSince(start)).groups()).isNull();
        assertThat(get(backend.changesSince(third)).groups()).isEmpty();
        assertThat(get(backend.changesSince(clock(3, 0, 5))).groups()).isNull();
    }

    @Test
    void a_log_that_is_ahead_of_the_clock_gives_way() {
        byte[] start = clock(2, 0, 5);
        server.xadd(LOG, new XAddArgs().id("500-1"), bytes("n"), bytes("x"), bytes("g"), bytes(""));
        get(backend.advance(List.of(A), start, 7));
        server.xadd(LOG, new XAddArgs().id("500-1"), bytes("n"), bytes("x"), bytes("g"), bytes(""));

        assertThat(get(backend.advance(List.of(B), start, 8))).isEqualTo(clock(2, 2, 8));
        assertThat(get(backend.changesSince(clock(2, 2, 8))).groups()).isEmpty();
    }

    @Test
    void the_log_is_trimmed() {
        byte[] start = get(backend.advance(List.of(), clock(2, 0, 5), 6));
        List<CompletionStage<byte[]>> ticks = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            ticks.add(backend.advance(List.of(A), start, i));
        }
        byte[] last = get(ticks.get(11_999));

        assertThat(last).isEqualTo(clock(2, 12_000, 11_999));
        assertThat(server.xlen(LOG)).isBetween(10_000L, 10_200L);
        assertThat(get(backend.changesSince(start))).satisfies(tellsNothing(last));
        assertThat(get(backend.changesSince(get(ticks.get(5_000)))).groups())
                .containsExactly(Map.entry(ByteBuffer.wrap(A), Stamp.of(2, 12_000)));
    }

    @Test
    void a_clock_that_was_set_back_is_told_from_one_that_went_on() {
        byte[] start = get(backend.advance(List.of(), clock(2, 0, 5), 6));
        byte[] first = get(backend.advance(List.of(A), start, 7));
        byte[][] saved = {server.dump(HASH), server.dump(LOG), server.dump(ORDER)};
        byte[] lost = get(backend.advance(List.of(A), start, 8));

        restore(saved);
        assertThat(get(backend.changesSince(lost)).forked()).as("behind").isTrue();
        get(backend.advance(List.of(B), start, 9));
        assertThat(get(backend.changesSince(lost)).forked()).as("the same seq").isTrue();
        get(backend.advance(List.of(B), start, 10));
        assertThat(get(backend.changesSince(lost)).forked()).as("ahead").isTrue();
        assertThat(get(backend.changesSince(first)).forked()).isFalse();
    }

    @Test
    void of_two_nodes_that_replace_a_clock_one_has_its_way() {
        byte[] seen = get(backend.advance(List.of(A), clock(2, 0, 5), 6));
        try (RedisBackend other = backendOf(RedisServer.shared())) {
            CompletionStage<byte[]> mine = backend.restart(seen, clock(3, 0, 7));
            CompletionStage<byte[]> theirs = other.restart(seen, clock(4, 0, 8));

            assertThat(get(mine)).isEqualTo(get(theirs)).isNotEqualTo(seen).isEqualTo(get(backend.clock()));
        }
        assertThat(get(backend.stamps(List.of(A)))).containsExactly(0L);
        assertThat(server.exists(ORDER)).isZero();
    }

    @Test
    void ticks_of_several_nodes_are_counted_one_by_one() {
        byte[] start = get(backend.advance(List.of(), clock(2, 0, 5), 6));
        try (RedisBackend other = backendOf(RedisServer.shared())) {
            List<CompletionStage<byte[]>> ticks = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                ticks.add(backend.advance(List.of(bytes("mine" + i)), start, 2L * i));
                ticks.add(other.advance(List.of(bytes("theirs" + i)), start, 2L * i + 1));
            }
            Set<ByteBuffer> clocks = new HashSet<>();
            ticks.forEach(tick -> clocks.add(ByteBuffer.wrap(get(tick))));
            assertThat(clocks).hasSize(1_000);
        }
        assertThat(get(backend.changesSince(start)).groups()).hasSize(1_000);
    }

    @Test
    void of_very_many_groups_the_oldest_are_pruned_and_show_in_the_floor() {
        byte[] start = clock(INCARNATION, 0, 5);
        List<byte[]> groups =
                IntStream.range(0, 100_000).mapToObj(i -> bytes("g" + i)).toList();
        byte[] full = get(backend.advance(groups, start, 6));
        assertThat(Stamp.seq(ByteBuffer.wrap(full).getLong())).isEqualTo(100);
        assertThat(get(backend.floor())).isZero();
        byte[] toTheBrim = get(backend.advance(List.of(bytes("h")), start, 7));
        assertThat(toTheBrim).isEqualTo(clock(INCARNATION, 101, 7));
        assertThat(get(backend.floor())).isZero();

        for (int i = 0; i < 300; i++) {
            get(backend.advance(List.of(bytes("h" + i), bytes("h")), start, i));
        }

        assertThat(server.hlen(HASH)).isBetween(99_990L, 100_002L);
        assertThat(get(backend.floor())).isEqualTo(Stamp.of(INCARNATION, 1));
        assertThat(get(backend.stamps(List.of(bytes("g0"), bytes("g99999"), bytes("h0")))))
                .containsExactly(0L, Stamp.of(INCARNATION, 100), Stamp.of(INCARNATION, 102));
    }

    @Test
    void where_the_oldest_cannot_be_told_everything_becomes_invalid() {
        byte[] start = clock(2, 0, 5);
        get(backend.advance(
                IntStream.range(0, 100_000).mapToObj(i -> bytes("g" + i)).toList(), start, 6));
        server.del(ORDER);

        byte[] next = get(backend.advance(List.of(A, B), clock(3, 0, 7), 8));

        assertThat(next).isEqualTo(clock(3, 1, 8));
        assertThat(server.hlen(HASH)).isEqualTo(3);
    }

    @Test
    void what_is_no_hash_is_no_clock_and_makes_way_for_one() {
        server.set(HASH, bytes("nonsense"));
        server.set(LOG, bytes("nonsense"));
        server.set(ORDER, bytes("nonsense"));
        assertThat(get(backend.clock())).isNull();
        assertThat(get(backend.stamps(List.of(A)))).containsExactly(0L);
        assertThat(get(backend.floor())).isZero();
        assertThat(get(backend.changesSince(clock(1, 0, 5))).clock()).isNull();

        assertThat(get(backend.advance(List.of(A), clock(2, 0, 5), 6))).isEqualTo(clock(2, 1, 6));

        server.hset(HASH, bytes("c"), bytes("short"));
        assertThat(get(backend.clock())).isNull();
        assertThat(get(backend.advance(List.of(A), clock(3, 0, 5), 6))).isEqualTo(clock(3, 1, 6));
    }

    @Test
    void the_clock_is_read_behind_what_was_sent_before() {
        byte[] start = clock(2, 0, 5);
        for (int i = 1; i <= 500; i++) {
            CompletionStage<byte[]> tick = backend.advance(List.of(A), start, i);
            CompletionStage<byte[]> read = backend.clock();
            assertThat(get(read)).isEqualTo(get(tick));
        }
    }

    @Test
    void when_memory_is_full_an_invalidation_makes_everything_invalid() {
        get(backend.advance(List.of(A, B), clock(2, 0, 5), 6));
        server.configSet("maxmemory", "1");
        try {
            byte[] next = get(backend.advance(List.of(A), clock(3, 0, 7), 8));

            assertThat(next).isEqualTo(clock(3, 1, 8));
            assertThat(get(backend.clock())).isEqualTo(next);
            assertThat(get(backend.stamps(List.of(A, B)))).containsExactly(Stamp.of(3, 1), 0L);

            server.del(HASH);
            assertThat(get(backend.advance(List.of(), clock(4, 0, 9), 10))).isEqualTo(clock(4, 0, 9));
        } finally {
            server.configSet("maxmemory", "0");
        }
    }

    @Test
    void a_server_that_takes_no_writes_keeps_everything_as_it_is() {
        byte[] before = get(backend.advance(List.of(A), clock(2, 0, 5), 6));
        server.configSet("min-replicas-to-write", "1");
        try {
            for (CompletionStage<byte[]> refused :
                    List.of(backend.advance(List.of(B), clock(3, 0, 7), 8), backend.restart(before, clock(3, 0, 7)))) {
                assertThatThrownBy(() -> get(refused))
                        .isInstanceOf(CacheBackendException.class)
                        .hasMessageContaining("NOREPLICAS");
            }
            assertThat(get(backend.clock())).isEqualTo(before);
            assertThat(get(backend.changesSince(before)).groups()).isEmpty();
        } finally {
            server.configSet("min-replicas-to-write", "0");
        }
    }

    @Test
    void a_server_that_has_forgotten_the_scripts_is_taught_again() {
        get(backend.ping());
        server.scriptFlush();

        byte[] clock = get(backend.advance(List.of(A), clock(2, 0, 5), 6));
        assertThat(get(backend.changesSince(clock)).groups()).isEmpty();
        assertThat(get(backend.restart(clock, clock(3, 0, 7)))).isEqualTo(clock(3, 0, 7));
    }

    private static Consumer<Changes> tellsNothing(byte[] clock) {
        return changes -> {
            assertThat(changes.clock()).isEqualTo(clock);
            assertThat(changes.forked()).isFalse();
            assertThat(changes.groups()).isNull();
        };
    }

    private static byte[] clock(long incarnation, long seq, long nonce) {
        return ByteBuffer.allocate(16)
                .putLong(Stamp.of(incarnation, seq))
                .putLong(nonce)
                .array();
    }

    private static void restore(byte[][] saved) {
        byte[][] keys = {HASH, LOG, ORDER};
        for (int i = 0; i < keys.length; i++) {
            server.restore(keys[i], saved[i], RestoreArgs.Builder.ttl(0).replace());
        }
    }
}
