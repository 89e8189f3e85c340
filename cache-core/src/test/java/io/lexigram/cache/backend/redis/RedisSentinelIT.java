package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.SentinelTrio;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisSentinelIT {

    private static final int MANY = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SentinelTrio trio = SentinelTrio.start();
    private final RedisBackend backend = RedisBackend.connectingTo(
            RedisSettings.builder()
                    .sentinel(SentinelTrio.MASTER, trio.sentinels())
                    .build(),
            KEYS,
            TimeSource.SYSTEM,
            RedisConnectionListener.NONE);

    @AfterEach
    void stop() {
        backend.close();
        trio.close();
    }

    @Test
    void a_new_primary_is_turned_to_although_the_old_one_has_not_heard_that_it_is_none() {
        awaitWatch();
        RedisServer old = trio.primary();
        old.order("ACL SETUSER default -replicaof -slaveof");

        trio.handOver();

        String stored = new String(key("k"), US_ASCII);
        await().ignoreExceptions()
                .atMost(PATIENCE)
                .until(() -> get(backend.set(entry("k", "v"), false))
                        && trio.primary().ask("EXISTS " + stored).equals(":1"));
        assertThat(old.ask("INFO replication")).contains("role:master");
    }

    @Test
    void a_primary_that_dies_is_replaced_without_a_restart() {
        get(backend.set(entry("k", "v"), false));

        trio.kill();

        await().ignoreExceptions().atMost(PATIENCE).until(() -> get(backend.set(entry("k", "v"), false)));
    }

    @Test
    void keys_are_listed_although_another_server_takes_over_in_between() {
        awaitWatch();
        get(backend.setMany(
                IntStream.range(0, MANY).mapToObj(i -> entry("k" + i, "v")).toList()));
        trio.primary().awaitReplicas();
        Set<String> found = new HashSet<>();
        try (Stream<byte[]> all = backend.scan(KEYS.namespacePrefix("ns"))) {
            Iterator<byte[]> keys = all.iterator();
            found.add(new String(keys.next(), US_ASCII));
            Object before = connection();
            trio.handOver();
            await().ignoreExceptions().atMost(PATIENCE).until(() -> {
                get(backend.ping());
                return connection() != before;
            });
            keys.forEachRemaining(key -> found.add(new String(key, US_ASCII)));
        }

        assertThat(found).as(trio::sizes).hasSize(MANY);
    }

    private Object connection() {
        return backend.unwrap(StatefulRedisConnection.class);
    }

    private void awaitWatch() {
        get(backend.ping());
        await().atMost(PATIENCE).until(trio::isListenedTo);
    }
}
