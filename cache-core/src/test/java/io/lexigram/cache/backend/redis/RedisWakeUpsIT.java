package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Leased.CHANNEL;
import static io.lexigram.cache.backend.redis.Leased.LONG;
import static io.lexigram.cache.backend.redis.Leased.record;
import static io.lexigram.cache.backend.redis.Leased.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.testing.RedisServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisWakeUpsIT extends RedisTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final RedisBackend other = backendOf(RedisServer.shared());

    @BeforeEach
    void listen() {
        other.onWakeUp((key, uncacheable) -> heard.add(new String(key, UTF_8) + (uncacheable ? " uncacheable" : "")));
        awaitHearing();
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void the_end_of_a_lease_is_told_to_those_who_wait_for_it() {
        List<byte[]> keys = IntStream.range(0, 10).mapToObj(i -> key("k" + i)).toList();
        for (byte[] key : keys) {
            get(backend.claim(key, record(1, 11), LONG));
            get(other.announceWaiter(key, 11));
        }

        get(backend.fill(value("k0", 2, "v"), 11));
        get(backend.fillMany(List.of(value("k1", 2, "v", "t")), List.of(11L)));
        get(backend.release(keys.get(2), 11, false));
        get(backend.release(keys.get(3), 11, true));
        get(backend.delete(keys.get(4)));
        get(backend.deleteMany(List.of(keys.get(5))));
        get(backend.set(entry("k6", "put"), true));
        get(backend.increment(keys.get(7), 1, LONG));
        get(backend.fill(value("k8", 2, "refused"), 22));
        get(backend.release(keys.get(9), 22, true));

        assertHeard(
                physical("k0"),
                physical("k1"),
                physical("k2"),
                physical("k3") + " uncacheable",
                physical("k4"),
                physical("k5"),
                physical("k6"),
                physical("k7"));
    }

    @Test
    void the_end_of_a_lease_in_a_value_is_told_as_well() {
        for (String key : List.of("filled", "released", "deleted", "swept")) {
            get(backend.set(value(key, 1, "stale", "t"), false));
            get(backend.takeOver(key(key), record(2, 22), LONG, 1, 0));
            get(other.announceWaiter(key(key), 22));
        }

        get(backend.fill(value("filled", 3, "v"), 22));
        get(backend.release(key("released"), 22, true));
        get(backend.delete(key("deleted")));
        get(backend.delete(key("released")));
        backend.removeTagged("t", Entries.KEYS.prefix());

        assertHeard(physical("filled"), physical("released") + " uncacheable", physical("deleted"), physical("swept"));
    }

    @Test
    void a_version_that_is_set_and_a_soft_delete_tell_the_end_of_the_lease_they_take() {
        for (String key : List.of("set", "deleted")) {
            get(backend.claim(key(key), record(1, 11), LONG));
            get(other.announceWaiter(key(key), 11));
        }

        get(backend.setVersions(
                List.of(new VersionedBytes(value("set", 2, "v"), LONG, LONG, VersionRank.of("1"), false))));
        get(backend.deleteCurrent(List.of(key("deleted"))));

        assertHeard(physical("set"), physical("deleted"));
    }

    @Test
    void nobody_is_woken_where_nobody_waits() {
        get(backend.claim(key("a"), record(1, 11), LONG));
        get(backend.fill(value("a", 2, "v"), 11));
        get(backend.delete(key("a")));
        get(backend.claim(key("b"), record(1, 11), LONG));
        get(backend.release(key("b"), 11, true));

        assertHeard();
    }

    @Test
    void those_who_waited_for_a_lease_that_was_taken_over_hear_the_end_of_the_next() {
        get(backend.claim(key("k"), record(1, 11), LONG));
        get(other.announceWaiter(key("k"), 11));
        get(backend.takeOver(key("k"), record(2, 22), LONG, 1, 11));

        get(backend.fill(value("k", 3, "v"), 22));

        assertHeard(physical("k"));
    }

    @Test
    void what_is_no_wake_up_is_ignored_and_a_listener_that_fails_does_not_end_the_listening() {
        other.onWakeUp((key, uncacheable) -> {
            throw new IllegalStateException("from a listener");
        });
        server.publish(CHANNEL, bytes(""));
        server.publish(CHANNEL, new byte[] {0});
        server.publish(CHANNEL, bytes("nonsense"));
        server.publish(CHANNEL, new byte[] {0, 'x'});

        assertHeard("x");
    }

    @Test
    void a_lost_subscription_is_made_anew() {
        server.clientKill(KillArgs.Builder.typePubsub());

        awaitHearing();
        get(backend.claim(key("k"), record(1, 11), LONG));
        get(other.announceWaiter(key("k"), 11));
        get(backend.fill(value("k", 3, "v"), 11));

        assertHeard(physical("k"));
    }

    @Test
    void closing_ends_the_subscription() {
        other.close();

        await().until(() -> server.pubsubNumsub(CHANNEL).values().stream().allMatch(count -> count == 0));
    }

    private static String physical(String key) {
        return new String(key(key), UTF_8);
    }

    /** Messages of one sender come in the order they were sent: what was heard before this last one is all there was. */
    private void assertHeard(String... expected) {
        server.publish(CHANNEL, bytes("\0the end"));
        await().until(() -> heard.contains("the end"));
        assertThat(heard.subList(0, heard.indexOf("the end"))).containsExactly(expected);
    }

    private void awaitHearing() {
        heard.clear();
        await().until(() -> {
            server.publish(CHANNEL, bytes("\0hello"));
            return heard.contains("hello");
        });
        server.publish(CHANNEL, bytes("\0begin"));
        await().until(() -> heard.contains("begin"));
        heard.clear();
    }
}
