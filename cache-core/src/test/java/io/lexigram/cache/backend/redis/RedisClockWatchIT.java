package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static io.lexigram.cache.spi.ByteBackend.Generations.UNWATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.invalidate.GenerationView;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.invalidate.Validity;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The server tells a connection that the clock went on, before every answer that it gives after that. */
class RedisClockWatchIT extends RedisTest {

    private static final byte[] HASH = GenerationCommands.hash(KEYS);
    private static final Set<String> TAG = Set.of("t");
    private static final int ROUNDS = 200;

    private final Random random = new Random(11);
    private final RedisBackend second = backendOf(RedisServer.shared());
    private final GenerationView node = new GenerationView(backend, 100, random::nextLong);
    private final GenerationView other = new GenerationView(second, 100, random::nextLong);

    /** What makes the clock another one than was seen. */
    enum Change {
        REMOVED {
            @Override
            void make() {
                server.del(HASH);
            }
        },
        EXPIRED {
            @Override
            void make() {
                server.pexpire(HASH, 1);
            }
        },
        DATABASE_EMPTIED {
            @Override
            void make() {
                server.flushdb();
            }
        },
        ALL_EMPTIED {
            @Override
            void make() {
                server.flushall();
            }
        },
        WRITTEN {
            @Override
            void make() {
                server.hset(HASH, new byte[] {'c'}, new byte[16]);
            }
        };

        abstract void make();
    }

    @AfterEach
    void close() {
        second.close();
    }

    @Test
    void what_another_node_invalidates_is_told_before_the_next_answer() {
        for (int round = 0; round < ROUNDS; round++) {
            awaitUpToDate();
            long loaded = node.stamp();
            get(other.invalidate(List.of(Group.tag("ns", "t"))));

            get(backend.get(key("k")));

            assertThat(node.isUpToDate()).isFalse();
            get(node.now());
            assertThat(node.check(loaded, "ns", TAG)).isEqualTo(Validity.INVALID);
        }
    }

    @Test
    void what_is_asked_for_at_once_with_many_others_is_told_of_before_its_own_answer() {
        for (int round = 0; round < ROUNDS; round++) {
            awaitUpToDate();
            Stream.generate(() -> backend.get(key("k"))).limit(50).forEach(read -> {});
            CompletableFuture<?> told = other.invalidate(List.of(Group.all())).toCompletableFuture();
            Stream.generate(() -> backend.get(key("k"))).limit(50).forEach(read -> {});
            get(told);

            get(backend.get(key("k")));

            assertThat(node.isUpToDate()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_clock_that_was_changed_by_anybody_is_told_of(Change change) {
        awaitUpToDate();

        change.make();

        await().untilAsserted(() -> {
            get(backend.get(key("k")));
            assertThat(node.isUpToDate()).isFalse();
        });
    }

    @Test
    void a_new_connection_is_another_watch() {
        awaitUpToDate();
        long before = backend.clockWatch();

        RedisServer.shared().ask("CLIENT KILL TYPE normal");

        await().until(() -> {
            get(backend.get(key("k")).exceptionally(lost -> null));
            return backend.clockWatch() != UNWATCHED;
        });
        assertThat(backend.clockWatch()).isNotEqualTo(before);
        assertThat(node.isUpToDate()).isFalse();
    }

    @Test
    void as_long_as_the_clock_stands_reads_and_writes_are_one_command_each() {
        try (CacheService service = service(second)) {
            Cache<String> cache = service.cache("ns", String.class);
            cache.put("k", "value", CallOptions.NONE.tags("t"));
            await().until(() -> cache.get("k") != null && second.clockWatch() != UNWATCHED);
            cache.get("k");
            server.configResetstat();

            for (int i = 0; i < 10; i++) {
                cache.get("k");
                cache.<RuntimeException>get("k", () -> "another");
                cache.put("plain", "value");
            }

            assertThat(calls("get")).isEqualTo(10);
            assertThat(calls("set")).isEqualTo(20);
            assertThat(calls("hget")).isZero();
        }
    }

    @Test
    void where_answers_come_alone_nothing_is_watched_and_the_clock_is_asked_for_with_each_read() {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(
                        RedisServer.shared().host(), RedisServer.shared().port()),
                LettuceClientConfiguration.builder()
                        .clientOptions(ClientOptions.builder()
                                .protocolVersion(ProtocolVersion.RESP2)
                                .build())
                        .build());
        factory.start();
        try (CacheService service =
                service(RedisBackend.using(factory, KEYS, TimeSource.SYSTEM, RedisConnectionListener.NONE))) {
            expectAskingEachTime(service);
        } finally {
            factory.destroy();
        }
    }

    @Test
    void where_a_user_may_not_ask_for_it_nothing_is_watched_and_the_clock_is_asked_for_with_each_read() {
        RedisServer.shared().order("ACL SETUSER plain on >plain-secret ~* &* +@all -client|tracking");
        RedisSettings settings = RedisSettings.builder()
                .url(RedisServer.shared().getUri())
                .username("plain")
                .password("plain-secret")
                .build();
        try (CacheService service =
                service(RedisBackend.connectingTo(settings, KEYS, TimeSource.SYSTEM, RedisConnectionListener.NONE))) {
            expectAskingEachTime(service);
        } finally {
            RedisServer.shared().ask("ACL DELUSER plain");
        }
    }

    private static void expectAskingEachTime(CacheService service) {
        Cache<String> cache = service.cache("ns", String.class);
        cache.put("k", "value");
        assertThat(cache.get("k")).isEqualTo("value");
        server.configResetstat();

        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("k")).isEqualTo("value");
        }

        assertThat(calls("hget")).isEqualTo(10);
    }

    private static CacheService service(RedisBackend backend) {
        return LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("redis", new EncodedBackend(backend, KEYS, EncodedBackend.DEFAULT_DEADLINE, TimeSource.SYSTEM))
                .build();
    }

    private void awaitUpToDate() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            get(node.now());
            return node.isUpToDate();
        });
    }
}
