package io.lexigram.cache.backend.memcached;

import static io.lexigram.cache.invalidate.Validity.INVALID;
import static io.lexigram.cache.invalidate.Validity.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.invalidate.GenerationView;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.invalidate.Stamp;
import io.lexigram.cache.spi.ByteBackend.Generations.Changes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemcachedGenerationsIT extends MemcachedTest {

    private static final String CLOCK = Items.text(KEYS.auxiliary("groups", "g"));
    private static final String LOG = CLOCK + "%t";
    private static final byte[] A = bytes("a");
    private static final byte[] B = {0, -1, 0, 0, 0, 9};
    private static final Set<String> TAG = Set.of("t");
    private static final int MANY = 1_000;

    private final Random random = new Random(7);
    private final MemcachedBackend second = backendOf(server);
    private final GenerationView node = new GenerationView(backend, 100, random::nextLong);
    private final GenerationView other = new GenerationView(second, 100, random::nextLong);

    @AfterEach
    void close() {
        second.close();
    }

    @Test
    void there_is_no_clock_until_somebody_needs_one() {
        assertThat(get(backend.clock())).isNull();
        assertThat(get(backend.changesSince(clock(1, 0, 5)))).isEqualTo(new Changes(null, false, null));

        byte[] created = get(backend.advance(List.of(), clock(9, 0, 5), 6));

        assertThat(created).isEqualTo(clock(9, 0, 5));
        assertThat(get(backend.advance(List.of(), clock(3, 0, 7), 8))).isEqualTo(created);
        assertThat(get(backend.clock())).isEqualTo(created);
        assertThat(get(backend.stamps(List.of(A, B)))).containsExactly(0L, 0L);
    }

    @Test
    void an_invalidation_ticks_and_stamps_its_groups() {
        byte[] start = get(backend.advance(List.of(), clock(9, 0, 5), 0));
        get(backend.advance(List.of(A), start, 6));
        byte[] last = get(backend.advance(List.of(A, B), start, -8));

        assertThat(last).isEqualTo(clock(9, 2, -8));
        assertThat(get(second.clock())).isEqualTo(last);
        assertThat(get(second.stamps(List.of(bytes("c"), B, A)))).containsExactly(0L, Stamp.of(9, 2), Stamp.of(9, 2));
        Changes changes = get(second.changesSince(clock(9, 1, 6)));
        assertThat(changes.forked()).isFalse();
        assertThat(changes.groups()).containsOnlyKeys(ByteBuffer.wrap(A), ByteBuffer.wrap(B));
        assertThat(get(second.changesSince(clock(9, 1, 7))).forked())
                .as("another tick of that seq")
                .isTrue();
        assertThat(get(second.changesSince(clock(9, 3, 7))).forked()).isTrue();
    }

    @Test
    void a_seq_at_its_end_goes_on_in_another_incarnation() {
        byte[] start = clock(2, Stamp.MAX_SEQ - 1, 5);
        get(backend.advance(List.of(A), start, 6));

        assertThat(get(backend.advance(List.of(B), clock(9, 0, 7), 8))).isEqualTo(clock(9, 1, 8));
        assertThat(get(backend.clock())).isEqualTo(clock(9, 1, 8));
    }

    @Test
    void ticks_of_many_processes_at_once_are_all_counted_and_all_told() {
        byte[] start = get(backend.advance(List.of(), clock(9, 0, 5), 0));
        List<CompletableFuture<byte[]>> ticks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            MemcachedBackend by = i % 2 == 0 ? backend : second;
            ticks.add(by.advance(List.of(bytes("group" + i)), start, i).toCompletableFuture());
        }

        Set<Long> seqs = ticks.stream()
                .map(MemcachedTest::get)
                .map(clock -> Stamp.seq(ByteBuffer.wrap(clock).getLong()))
                .collect(Collectors.toSet());

        assertThat(seqs).hasSize(60).contains(1L, 60L);
        assertThat(Stamp.seq(ByteBuffer.wrap(get(backend.clock())).getLong())).isEqualTo(60);
        assertThat(get(second.changesSince(start)).groups()).hasSize(60);
    }

    @Test
    void ticks_that_have_left_the_log_are_on_their_pages() {
        byte[] start = get(backend.advance(List.of(), clock(9, 0, 5), 0));
        for (int i = 1; i <= MANY; i++) {
            get(backend.advance(List.of(bytes("group" + i)), start, i));
        }

        assertThat(get(second.changesSince(start)).groups())
                .as("too long ago to tell what changed")
                .isNull();
        List<byte[]> groups = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            groups.add(bytes("group" + i));
            expected.add(Stamp.of(9, i));
        }
        assertThat(get(second.stamps(groups))).isEqualTo(expected);
        assertThat(get(second.stamps(List.of(bytes("never"))))).containsExactly(0L);
    }

    @Test
    void an_invalidation_is_seen_by_the_next_question_of_another_node() {
        long loaded = get(node.now());
        get(other.now());

        long stamp = get(other.invalidate(List.of(Group.tag("ns", "t"))));

        assertThat(get(node.now())).isEqualTo(stamp);
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        assertThat(node.check(loaded, "ns", Set.of())).isEqualTo(VALID);
        assertThat(node.check(stamp, "ns", TAG)).isEqualTo(VALID);
    }

    @Test
    void with_a_lost_log_the_next_invalidation_makes_everything_invalid_for_good() {
        long loaded = get(node.now());
        get(other.invalidate(List.of(Group.namespace("x"))));

        drop(LOG);
        get(other.invalidate(List.of(Group.namespace("y"))));

        long now = get(node.now());
        assertThat(Stamp.incarnation(now)).isNotEqualTo(Stamp.incarnation(loaded));
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        assertThat(get(other.now())).isEqualTo(now);
        GenerationView fresh = new GenerationView(second, 100, random::nextLong);
        get(fresh.now());
        assertThat(fresh.check(loaded, "ns", TAG)).isEqualTo(INVALID);
    }

    @Test
    void with_a_lost_log_who_asks_for_a_group_is_refused_and_everything_begins_anew() {
        long loaded = get(node.now());
        get(node.invalidate(List.of(Group.namespace("x"))));
        GenerationView fresh = new GenerationView(second, 100, random::nextLong);
        get(fresh.now());

        drop(LOG);

        assertThatThrownBy(() -> get(fresh.ask(loaded, "ns", TAG))).isInstanceOf(CacheBackendException.class);
        get(fresh.now());
        assertThat(fresh.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        get(node.now());
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
    }

    @Test
    void a_lost_clock_is_copied_again_and_nothing_becomes_invalid() {
        long loaded = get(node.now());
        get(node.invalidate(List.of(Group.namespace("x"))));

        drop(CLOCK);

        get(other.now());
        get(node.now());
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(VALID);
        assertThat(node.check(loaded, "x", TAG)).isEqualTo(INVALID);
    }

    @Test
    void with_everything_lost_nothing_is_valid_that_was_stored_before() {
        long loaded = get(node.now());
        get(other.now());

        server.flush();

        assertThat(get(node.now())).isEqualTo(get(other.now()));
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        assertThat(other.check(loaded, "ns", TAG)).isEqualTo(INVALID);
    }

    @Test
    void the_groups_of_a_lost_page_are_taken_to_have_been_invalidated_just_now() {
        byte[] start = get(backend.advance(List.of(), clock(9, 0, 5), 0));
        for (int i = 1; i <= MANY; i++) {
            get(backend.advance(List.of(bytes("group" + i)), start, i));
        }
        int page = StampPage.of(ByteBuffer.wrap(bytes("group1")));
        drop(CLOCK + "%p" + page);

        long lost = get(second.stamps(List.of(bytes("group1")))).get(0);

        assertThat(lost).isEqualTo(Stamp.of(9, MANY));
        get(backend.advance(List.of(A), start, 5));
        assertThat(get(backend.stamps(List.of(bytes("group1")))))
                .as("and not anew with every question")
                .containsExactly(lost);
    }

    @Test
    void bytes_of_others_in_the_place_of_the_log_count_as_none() {
        long loaded = get(node.now());
        assertThat(server.ask("set " + LOG + " 0 0 3\r\nabc")).isEqualTo("STORED");

        get(node.invalidate(List.of(Group.namespace("x"))));

        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        assertThat(get(other.now())).isEqualTo(get(node.now()));
    }

    @Test
    void a_clock_is_only_restarted_by_who_saw_the_present_one() {
        byte[] start = get(backend.advance(List.of(), clock(9, 0, 5), 0));
        byte[] ticked = get(backend.advance(List.of(A), start, 6));

        assertThat(get(backend.restart(start, clock(4, 0, 1)))).isEqualTo(ticked);
        assertThat(get(backend.restart(ticked, clock(4, 0, 1)))).isEqualTo(clock(4, 0, 1));
        assertThat(get(backend.clock())).isEqualTo(clock(4, 0, 1));
    }

    private static void drop(String key) {
        assertThat(server.ask("delete " + key)).isEqualTo("DELETED");
    }

    private static byte[] clock(long incarnation, long seq, long nonce) {
        return ByteBuffer.allocate(16)
                .putLong(Stamp.of(incarnation, seq))
                .putLong(nonce)
                .array();
    }
}
