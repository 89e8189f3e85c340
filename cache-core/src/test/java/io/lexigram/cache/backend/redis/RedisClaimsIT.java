package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.bytes;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.backend.redis.Leased.LONG;
import static io.lexigram.cache.backend.redis.Leased.record;
import static io.lexigram.cache.backend.redis.Leased.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Claims on servers that do not take them as they are. */
class RedisClaimsIT extends RedisTest {

    @Test
    void a_server_that_does_not_know_the_form_of_a_claim_is_asked_by_script_from_then_on() throws IOException {
        try (RefusingNxGet old = new RefusingNxGet(RedisServer.shared());
                RedisBackend client = RedisBackend.connectingTo(
                        RedisSettings.builder().url(old.uri()).build(),
                        KEYS,
                        TimeSource.SYSTEM,
                        RedisConnectionListener.NONE)) {
            assertThat(get(client.claim(key("a"), record(1, 11), LONG))).isNull();
            assertThat(get(client.claim(key("a"), record(2, 22), LONG))).isEqualTo(record(1, 11));
            server.hset(key("hash"), bytes("field"), bytes("value"));
            assertThat(get(client.claim(key("hash"), record(2, 22), LONG))).isEmpty();

            assertThat(get(client.claimMany(
                            List.of(key("a"), key("b"), key("hash")),
                            List.of(record(3, 33), record(4, 44), record(5, 55)),
                            LONG)))
                    .containsExactly(record(1, 11), null, new byte[0]);

            assertThat(old.refused()).isEqualTo(1);
            assertThat(server.get(key("b"))).isEqualTo(record(4, 44));
            assertThat(server.pttl(key("b"))).isBetween(LONG - 60_000, LONG);
        }
    }

    @Test
    void a_server_that_has_become_a_replica_answers_a_hit_and_is_left() {
        AtomicInteger disconnected = new AtomicInteger();
        RedisConnectionListener listener = new RedisConnectionListener() {
            @Override
            public void connected() {}

            @Override
            public void disconnected() {
                disconnected.incrementAndGet();
            }
        };
        try (RedisServer demoted = RedisServer.start();
                RedisBackend client = RedisBackend.connectingTo(
                        RedisSettings.builder().url(demoted.getUri()).build(), KEYS, TimeSource.SYSTEM, listener)) {
            ByteEntry entry = value("k", 1, "v");
            get(client.set(entry, false));
            RedisClient admin = RedisClient.create(demoted.getUri());
            admin.connect().sync().replicaof("127.0.0.1", 1);
            admin.shutdown();

            assertThat(get(client.claim(key("k"), record(2, 22), LONG))).isEqualTo(entry.value());

            await().until(() -> disconnected.get() == 1);
        }
    }
}
