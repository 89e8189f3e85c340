package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.invalidate.Validity.INVALID;
import static io.lexigram.cache.invalidate.Validity.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RestoreArgs;
import io.lexigram.cache.invalidate.GenerationView;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.testing.RedisServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes know of generations, when the server has them. */
class RedisGenerationViewIT extends RedisTest {

    private static final byte[][] STATE = {
        KEYS.auxiliary("groups", new String(KEYS.prefix(), UTF_8)),
        KEYS.auxiliary("grouplog", new String(KEYS.prefix(), UTF_8)),
        KEYS.auxiliary("grouporder", new String(KEYS.prefix(), UTF_8))
    };
    private static final Set<String> TAG = Set.of("t");

    private final Random random = new Random(7);
    private final RedisBackend second = backendOf(RedisServer.shared());
    private final GenerationView node = new GenerationView(backend, 100, random::nextLong);
    private final GenerationView other = new GenerationView(second, 100, random::nextLong);

    @AfterEach
    void close() {
        second.close();
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
    void with_the_hash_removed_or_evicted_nothing_is_valid_that_was_stored_before() {
        long loaded = get(node.now());
        get(other.now());

        server.del(STATE[0]);

        assertThat(get(node.now())).isEqualTo(get(other.now()));
        assertThat(node.check(loaded, "ns", TAG)).isEqualTo(INVALID);
        assertThat(other.check(loaded, "ns", TAG)).isEqualTo(INVALID);
    }

    @Test
    void with_an_older_copy_restored_nothing_is_valid_that_was_stored_before_and_nodes_agree() {
        get(node.invalidate(List.of(Group.namespace("x"))));
        List<byte[]> copy = new ArrayList<>();
        for (byte[] key : STATE) {
            copy.add(server.dump(key));
        }
        long lost = get(node.invalidate(List.of(Group.tag("ns", "t"))));
        get(node.now());
        get(other.now());
        for (int i = 0; i < STATE.length; i++) {
            server.restore(STATE[i], copy.get(i), RestoreArgs.Builder.ttl(0).replace());
        }
        GenerationView unaware = new GenerationView(backend, 100, random::nextLong);
        get(unaware.invalidate(List.of(Group.namespace("y"))));
        get(unaware.invalidate(List.of(Group.tag("ns", "t"))));

        CompletionStage<Long> first = node.now();
        CompletionStage<Long> also = other.now();

        assertThat(get(first)).isEqualTo(get(also));
        assertThat(get(unaware.now())).isEqualTo(get(first));
        for (GenerationView view : List.of(node, other, unaware)) {
            assertThat(view.check(lost, "ns", TAG)).isEqualTo(INVALID);
        }
    }

    @Test
    void many_invalidations_of_many_nodes_at_once_are_all_known_in_the_end() {
        long loaded = get(node.now());
        List<CompletionStage<Long>> ticks = new ArrayList<>();
        List<CompletionStage<Long>> questions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ticks.add(node.invalidate(List.of(Group.tag("ns", "mine" + i))));
            ticks.add(other.invalidate(List.of(Group.tag("ns", "theirs" + i))));
            questions.add(node.now());
            questions.add(other.now());
        }
        Set<Long> stamps = new HashSet<>();
        ticks.forEach(tick -> stamps.add(get(tick)));
        questions.forEach(question -> assertThat(get(question)).isGreaterThanOrEqualTo(loaded));
        assertThat(stamps).hasSize(80);

        for (GenerationView view : List.of(node, other)) {
            get(view.now());
            for (int i = 0; i < 40; i++) {
                assertThat(view.check(loaded, "ns", Set.of("mine" + i))).isNotEqualTo(VALID);
                assertThat(view.check(loaded, "ns", Set.of("theirs" + i))).isNotEqualTo(VALID);
            }
        }
    }
}
