package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.envelope;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedisTagsIT extends RedisTest {

    private static final byte[] INDEX = KEYS.auxiliary("tag", "t");
    private static final byte[] PREFIX = KEYS.prefix();
    private static final long SLACK = 60_000;

    @Test
    void entries_go_by_their_tag_and_others_stay() {
        get(backend.setMany(List.of(entry("a", "1", "t", "other"), entry("b", "2", "other"), entry("c", "3"))));
        get(backend.set(entry("d", "4", "t"), false));
        get(backend.set(entry("e", "5", "t"), true));

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(3);

        assertThat(get(backend.getMany(List.of(key("a"), key("d"), key("e"))))).containsOnlyNulls();
        assertThat(get(backend.getMany(List.of(key("b"), key("c"))))).doesNotContainNull();
        assertThat(backend.removeTagged("t", PREFIX)).isZero();
    }

    @Test
    void a_tag_nobody_used_removes_nothing() {
        get(backend.set(entry("a", "1", "t"), false));

        assertThat(backend.removeTagged("unused", PREFIX)).isZero();

        assertThat(get(backend.exists(key("a")))).isTrue();
    }

    @Test
    void entries_under_another_prefix_stay_and_can_be_found_later() {
        byte[] other = KEYS.encode("other", "a");
        get(backend.set(entry("a", "1", "t"), false));
        get(backend.set(new ByteEntry(other, envelope("a", "1", "t"), StoredEntry.NEVER, Set.of("t")), false));

        assertThat(backend.removeTagged("t", KEYS.namespacePrefix("ns"))).isEqualTo(1);
        assertThat(get(backend.exists(other))).isTrue();

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(1);
    }

    @Test
    void an_entry_that_was_stored_again_without_the_tag_stays() {
        get(backend.set(entry("a", "1", "t", "u"), false));
        get(backend.set(entry("a", "2", "u"), false));

        assertThat(backend.removeTagged("t", PREFIX)).isZero();

        assertThat(get(backend.exists(key("a")))).isTrue();
        assertThat(backend.removeTagged("u", PREFIX)).isEqualTo(1);
    }

    @Test
    void what_took_the_place_of_an_entry_is_judged_by_itself() {
        get(backend.setMany(List.of(entry("lease", "1", "t"), entry("counter", "1", "t"), entry("hash", "1", "t"))));
        server.set(key("lease"), Entries.lease());
        server.set(key("counter"), bytes("5"));
        server.del(key("hash"));
        server.hset(key("hash"), bytes("f"), bytes("v"));

        assertThat(backend.removeTagged("t", PREFIX)).isZero();

        assertThat(server.exists(key("lease"), key("counter"), key("hash"))).isEqualTo(3);
    }

    @Test
    void an_envelope_whose_tags_cannot_be_read_goes_too() {
        byte[] later = envelope("later", "1", "t");
        later[2] = 9;
        byte[] cut = Arrays.copyOf(envelope("cut", "1", "a-long-tag"), 100);
        get(backend.set(new ByteEntry(key("later"), later, StoredEntry.NEVER, Set.of("t")), false));
        get(backend.set(new ByteEntry(key("cut"), cut, StoredEntry.NEVER, Set.of("t")), false));

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(2);
    }

    @Test
    void tags_may_be_many_long_empty_and_of_any_characters() {
        List<String> tags = IntStream.range(0, 200)
                .mapToObj(i -> "category:" + i + "-*?[a]{}%:é😀".repeat(5))
                .toList();
        get(backend.set(entry("a", "1", tags.toArray(String[]::new)), false));
        get(backend.set(entry("b", "1", ""), false));

        assertThat(backend.removeTagged(tags.get(199), PREFIX)).isEqualTo(1);
        assertThat(backend.removeTagged("", PREFIX)).isEqualTo(1);
    }

    @Test
    void thousands_of_entries_go_by_one_tag() {
        get(backend.setMany(IntStream.range(0, 10_000)
                .mapToObj(i -> entry("k" + i, "v", 600_000, "t"))
                .toList()));

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(10_000);

        assertThat(server.dbsize()).isZero();
    }

    @Test
    void an_index_outlives_its_longest_lived_entry_by_little() {
        get(backend.set(entry("a", "1", 500_000, "t"), false));
        get(backend.set(entry("b", "1", 1_000, "t"), false));
        assertOutlives(INDEX, 500_000);

        get(backend.set(entry("c", "1", 5_000_000, "t"), false));
        assertOutlives(INDEX, 5_000_000);

        get(backend.set(entry("d", "1", "t"), false));
        get(backend.set(entry("e", "1", 1_000, "t"), false));
        assertThat(server.pttl(INDEX)).isEqualTo(-1);
    }

    @Test
    void an_index_whose_endless_entry_is_gone_ends_with_the_others() {
        get(backend.set(entry("a", "1", "t"), false));
        backend.removeTagged("t", PREFIX);
        server.zadd(INDEX, System.currentTimeMillis() + 1_000d, key("unconfirmed"));
        assertThat(server.pttl(INDEX)).isEqualTo(-1);

        get(backend.set(entry("b", "1", 500_000, "t"), false));

        assertOutlives(INDEX, 500_000);
    }

    @Test
    void an_entry_whose_lifetime_was_extended_is_still_found() {
        get(backend.set(entry("a", "1", 1_000, "t", "u"), false));

        get(backend.expire(key("a"), 5_000_000, 1));
        assertOutlives(INDEX, 5_000_000);
        get(backend.expire(key("a"), StoredEntry.NEVER, StoredEntry.NEVER));
        assertThat(server.pttl(KEYS.auxiliary("tag", "u"))).isEqualTo(-1);

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(1);
    }

    @Test
    void a_shorter_lifetime_later_does_not_shorten_the_life_in_the_index() {
        get(backend.set(entry("a", "1", 500_000, "t"), false));
        double first = server.zscore(INDEX, key("a"));

        get(backend.set(entry("a", "1", 1_000, "t"), false));

        assertThat(server.zscore(INDEX, key("a"))).isBetween(first, first + 1);
    }

    @Test
    void each_writing_changes_the_mark_in_the_index() {
        double last = 0;
        for (long ttl : new long[] {1_000, 1_000, 900, StoredEntry.NEVER, StoredEntry.NEVER, 1_000}) {
            get(backend.set(entry("a", "1", ttl, "t"), false));
            double score = server.zscore(INDEX, key("a"));
            assertThat(score).isGreaterThan(last);
            last = score;
        }
    }

    @Test
    void members_whose_life_is_over_leave_the_index_as_others_come() {
        double past = 1_000_000_000_000d;
        IntStream.range(0, 10).forEach(i -> server.zadd(INDEX, past + i, key("dead" + i)));

        IntStream.range(0, 300).forEach(i -> get(backend.set(entry("k" + i, "v", 60_000, "t"), false)));

        assertThat(server.zcard(INDEX)).isEqualTo(300);
        assertThat(server.zcount(INDEX, Range.create(past, past + 10))).isZero();
    }

    @Test
    void a_sweep_takes_dead_members_out_of_the_index() {
        get(backend.set(entry("a", "1", "t"), false));
        get(backend.set(entry("b", "1", "t"), false));
        server.del(key("a"));

        assertThat(backend.removeTagged("t", PREFIX)).isEqualTo(1);

        assertThat(server.exists(INDEX)).isZero();
    }

    @Test
    void a_member_noted_again_after_it_was_looked_at_is_not_forgotten() {
        get(backend.set(entry("a", "1", "t"), false));
        double seen = server.zscore(INDEX, key("a"));
        get(backend.set(entry("a", "2", "t"), false));

        server.eval(
                Script.FORGET.source(),
                ScriptOutputType.INTEGER,
                new byte[][] {INDEX},
                key("a"),
                bytes(Double.toString(seen)));

        assertThat(server.zscore(INDEX, key("a"))).isNotNull();
    }

    @Test
    void an_entry_is_announced_before_it_is_stored_and_confirmed_after_it() {
        get(backend.ping());
        server.configSet("slowlog-log-slower-than", "0");
        server.slowlogReset();
        try {
            get(backend.set(entry("a", "1", "t"), false));
            get(backend.set(entry("b", "1", "t"), true));
        } finally {
            server.configSet("slowlog-log-slower-than", "-1");
        }

        assertThat(commands()).containsSubsequence("ZADD", "SET", "EVALSHA", "ZADD", "EVALSHA", "EVALSHA");
    }

    @Test
    void sweeps_beside_writers_leave_no_entry_that_a_last_sweep_does_not_find() {
        try (RedisBackend other = backendOf(RedisServer.shared())) {
            for (int round = 0; round < 50; round++) {
                List<CompletionStage<Boolean>> writes = IntStream.range(0, 400)
                        .mapToObj(i -> backend.set(entry("k" + i % 20, "v".repeat(2_000), 50_000 + i % 2, "t"), false))
                        .toList();
                for (int sweep = 0; sweep < 5; sweep++) {
                    other.removeTagged("t", PREFIX);
                }
                writes.forEach(Entries::get);

                other.removeTagged("t", PREFIX);

                assertThat(other.scan(KEYS.namespacePrefix("ns"))).isEmpty();
            }
        }
    }

    @Test
    void counters_do_not_get_into_an_index() {
        get(backend.increment(key("n"), 1, 60_000));

        assertThat(server.keys("*")).containsExactly(key("n"));
    }

    private static void assertOutlives(byte[] index, long ttlMillis) {
        long least = ttlMillis + SLACK - 10_000;
        assertThat(server.pttl(index)).isBetween(least, (ttlMillis + SLACK) * 9 / 8);
    }

    /** The names of the commands the server logged, the oldest first. */
    private static List<String> commands() {
        List<String> names = new ArrayList<>();
        for (Object entry : server.slowlogGet(128)) {
            List<?> arguments = (List<?>) ((List<?>) entry).get(3);
            names.add(0, new String((byte[]) arguments.get(0), StandardCharsets.US_ASCII));
        }
        return names;
    }
}
