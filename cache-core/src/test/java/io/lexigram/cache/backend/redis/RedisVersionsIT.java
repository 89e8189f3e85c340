package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Leased.LONG;
import static io.lexigram.cache.backend.redis.Leased.record;
import static io.lexigram.cache.backend.redis.Leased.value;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.VersionedBytes;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.testing.RedisServer;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions as Redis holds them. */
class RedisVersionsIT extends RedisTest {

    private static final byte[] CURRENT = key("k");
    private static final byte[] HISTORY = KeyCodec.versionsOf(CURRENT);

    private final CacheService node = node(backendOf(RedisServer.shared()));
    private final Cache<String> cache = cache(node);
    private final VersionedCache<String> versions = cache.versioned();

    private static CacheService node(RedisBackend backend) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("redis", new EncodedBackend(backend, KEYS, Duration.ofSeconds(10), TimeSource.SYSTEM))
                .failOpen(false)
                .build();
    }

    private static Cache<String> cache(CacheService node) {
        return node.cache(CacheSpec.of("ns", String.class)
                .jitter(0)
                .ttl(Duration.ofHours(1))
                .pointerTtl(Duration.ofMinutes(1))
                .build());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void what_belongs_to_a_key_is_in_one_slot_and_each_has_its_lifetime() {
        versions.set("k", "7", "v");

        assertThat(server.pttl(CURRENT)).isBetween(1L, 60_000L);
        assertThat(server.pttl(version("7"))).isBetween(60_001L, 3_600_000L);
        assertThat(server.pttl(HISTORY)).isBetween(60_001L, 3_600_000L);
        long end = Long.parseLong(new String(server.hget(HISTORY, bytes("b7")), US_ASCII));
        assertThat(end - System.currentTimeMillis()).isBetween(60_001L, 3_660_000L);
        assertThat(server.keys("app:ns:*")).hasSize(3).allSatisfy(one -> assertThat(SlotHash.getSlot(one))
                .isEqualTo(SlotHash.getSlot(CURRENT)));
    }

    @Test
    void a_plain_put_is_one_set_and_a_read_one_get_also_where_versions_are_in_use() throws IOException {
        versions.set("k", "1", "one");
        cache.put("k", "plain");
        server.configResetstat();

        cache.put("k", "plain");
        versions.get("k");

        Properties stats = new Properties();
        stats.load(new StringReader(server.info("commandstats")));
        assertThat(stats.getProperty("cmdstat_set")).startsWith("calls=1,");
        assertThat(stats.getProperty("cmdstat_get")).startsWith("calls=1,");
        assertThat(stats.getProperty("cmdstat_evalsha")).isNull();
    }

    @Test
    void nodes_share_versions_and_their_order() {
        try (RedisBackend second = backendOf(RedisServer.shared());
                CacheService there = node(second)) {
            VersionedCache<String> others = cache(there).versioned();
            versions.set("k", "2", "two");

            assertThat(others.get("k")).isEqualTo("two");
            assertThat(others.get("k", "2")).isEqualTo("two");
            assertThat(others.ordered().set("k", "1", "one")).isFalse();
            cache(there).put("k", "plain");
            assertThat(versions.get("k")).isEqualTo("plain");
            cache(there).invalidate("k");
            assertThat(versions.get("k", "2")).isNull();
            assertThat(versions.ordered().set("k", "1", "one")).isFalse();
        }
    }

    @Test
    void a_tag_that_another_node_invalidates_hits_every_version() {
        try (RedisBackend second = backendOf(RedisServer.shared());
                CacheService there = node(second)) {
            versions.set("k", "1", "one", CallOptions.NONE.tags("red"));
            versions.set("k", "2", "two", CallOptions.NONE.tags("red"));

            assertThat(there.invalidateTags("red")).isEqualTo(1);

            assertThat(versions.get("k")).isNull();
            assertThat(versions.get("k", "1")).isNull();
            assertThat(versions.get("k", "2")).isNull();
            assertThat(server.exists(version("1")))
                    .as("the bytes, which nobody is served")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_version_that_is_set_after_an_invalidation_this_node_has_not_heard_of_is_valid() {
        try (RedisBackend second = backendOf(RedisServer.shared());
                CacheService there = node(second)) {
            versions.set("other", "1", "so that this node knows the clock");
            there.invalidateTags("red");

            versions.set("k", "1", "one", CallOptions.NONE.tags("red"));

            assertThat(cache(there).versioned().get("k")).isEqualTo("one");
            assertThat(cache(there).versioned().get("k", "1")).isEqualTo("one");
        }
    }

    @Test
    void a_version_that_is_set_ends_the_lease_of_a_load() {
        get(backend.claim(CURRENT, record(1, 11), LONG));

        versions.set("k", "1", "one");

        assertThat(get(backend.fill(value("k", 2, "loaded"), 11))).isFalse();
        assertThat(versions.get("k")).isEqualTo("one");
    }

    @Test
    void a_soft_delete_ends_the_lease_of_a_load() {
        get(backend.claim(CURRENT, record(1, 11), LONG));

        assertThat(versions.delete("k", false)).isFalse();

        assertThat(get(backend.fill(value("k", 2, "loaded"), 11))).isFalse();
    }

    @Test
    void a_removal_leaves_the_last_version_for_as_long_as_its_value_was_to_live() {
        versions.set("k", "1", "one", CallOptions.NONE.ttl(Duration.ofHours(2)));
        server.pexpire(HISTORY, 1_000);

        cache.invalidate("k");

        assertThat(server.keys("app:ns:*")).containsExactly(HISTORY);
        assertThat(server.pttl(HISTORY)).isBetween(7_100_000L, 7_200_000L);
        assertThat(server.hkeys(HISTORY)).containsExactlyInAnyOrder(bytes("l"), bytes("o"), bytes("t"));
    }

    @Test
    void the_last_version_of_a_value_without_end_is_remembered_for_a_day_after_its_removal() {
        Cache<String> eternal =
                node.cache(CacheSpec.of("eternal", String.class).eternal().build());
        byte[] history = KeyCodec.versionsOf(KEYS.encode("eternal", "k"));
        eternal.versioned().set("k", "1", "one");
        assertThat(server.pttl(history)).isEqualTo(-1);

        eternal.versioned().delete("k", false);
        assertThat(server.pttl(history)).as("while the version is there").isEqualTo(-1);
        eternal.invalidate("k");

        assertThat(server.pttl(history)).isBetween(80_000_000L, 86_400_000L);
    }

    @Test
    void a_removal_of_a_key_without_versions_leaves_nothing() {
        cache.put("k", "plain");

        cache.invalidate("k");

        assertThat(server.keys("app:ns:*")).isEmpty();
    }

    @Test
    void a_soft_delete_remembers_the_last_version_for_as_long_as_its_value_was_to_live() {
        versions.set("k", "1", "one", CallOptions.NONE.ttl(Duration.ofHours(2)));
        server.pexpire(HISTORY, 1_000);

        versions.delete("k", false);

        assertThat(server.pttl(HISTORY)).isBetween(7_100_000L, 7_200_000L);
        assertThat(versions.get("k", "1")).isEqualTo("one");
    }

    @Test
    void the_history_lives_as_long_as_the_version_that_lives_longest() {
        set("1", 60_000);
        set("2", LONG);
        assertThat(server.pttl(HISTORY)).isBetween(LONG - 60_000, LONG);
        set("3", 60_000);
        assertThat(server.pttl(HISTORY)).isBetween(LONG - 60_000, LONG);

        set("4", StoredEntry.NEVER);
        assertThat(server.pttl(HISTORY)).isEqualTo(-1);
        set("5", 60_000);
        assertThat(server.pttl(HISTORY)).isEqualTo(-1);
    }

    @Test
    void the_current_version_says_when_it_ends() {
        versions.set("k", "7", "v");

        Envelope.Header current = Leased.header(server.get(CURRENT));
        Envelope.Header body = Leased.header(server.get(version("7")));

        assertThat(body.expiresAtMillis() - current.expiresAtMillis())
                .isEqualTo(Duration.ofMinutes(59).toMillis());
    }

    @Test
    void however_many_versions_are_set_a_hundred_are_held_and_setting_one_of_them_again_costs_none() {
        for (int version = 1; version <= 100; version++) {
            versions.set("k", "" + version, "v" + version, CallOptions.NONE.ttl(Duration.ofMinutes(version)));
        }
        versions.set("k", "100", "again", CallOptions.NONE.ttl(Duration.ofHours(2)));
        assertThat(versions.get("k", "1")).isEqualTo("v1");

        for (int version = 101; version <= 105; version++) {
            versions.set("k", "" + version, "v" + version, CallOptions.NONE.ttl(Duration.ofHours(3)));
        }

        for (int version = 1; version <= 105; version++) {
            assertThat(versions.get("k", "" + version) != null)
                    .as("version %d", version)
                    .isEqualTo(version > 5);
        }
        assertThat(server.hlen(HISTORY)).isEqualTo(3 + 100);
    }

    @Test
    void versions_that_are_over_leave_the_history() {
        versions.set("k", "1", "one");
        server.hset(HISTORY, bytes("bold"), bytes("12345"));

        versions.set("k", "2", "two");

        assertThat(server.hkeys(HISTORY))
                .containsExactlyInAnyOrder(bytes("l"), bytes("o"), bytes("t"), bytes("b1"), bytes("b2"));
    }

    @Test
    void the_bytes_of_another_version_are_no_value_of_this_one() {
        versions.set("k", "1", "one");
        versions.set("k", "2", "two");
        server.set(version("2"), server.get(version("1")));

        assertThat(versions.get("k", "2")).isNull();
    }

    @Test
    void a_damaged_version_is_absent_and_removed() {
        versions.set("k", "1", "one");
        server.setrange(version("1"), 100, bytes("damage"));

        assertThat(versions.get("k", "1")).isNull();

        assertThat(server.exists(version("1"))).isZero();
        assertThat(node.stats().undecodable()).isEqualTo(1);
        assertThat(versions.get("k")).isEqualTo("one");
    }

    @Test
    void something_else_where_the_history_should_be_is_no_history() {
        server.rpush(HISTORY, bytes("x"));
        cache.put("k", "plain");
        assertThat(versions.delete("k", false)).isTrue();
        assertThat(cache.delete("k")).isFalse();
        server.rpush(HISTORY, bytes("x"));

        assertThat(versions.ordered().set("k", "1", "one")).isTrue();

        assertThat(versions.get("k", "1")).isEqualTo("one");
        assertThat(versions.delete("k", true)).isTrue();
        assertThat(versions.get("k", "1")).isNull();
    }

    @Test
    void a_value_of_another_kind_under_the_key_is_replaced() {
        server.rpush(CURRENT, bytes("x"));

        assertThat(versions.set("k", "1", "one")).isTrue();

        assertThat(versions.get("k")).isEqualTo("one");
        assertThat(cache.deleteMany(List.of("k"))).isEqualTo(1);
    }

    private static void set(String version, long millis) {
        ByteEntry entry = value("k", 1, version);
        get(backend.setVersions(List.of(new VersionedBytes(
                new ByteEntry(entry.key(), entry.value(), millis, Set.of()),
                1_000,
                Envelope.NEVER,
                VersionRank.of(version),
                false))));
    }

    private static byte[] version(String version) {
        return KeyCodec.versionOf(CURRENT, version);
    }
}
