package io.lexigram.cache.races;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.LossListener;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.SentinelTrio;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A primary confirms removals and is replaced by a replica that has not heard of them. */
class LostRemovalsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final KeyCodec KEYS = new KeyCodec("lost");
    private static final String CACHE = "c";
    private static final String KEY = "k";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_removal_that_was_lost_with_its_primary_is_made_again_and_other_nodes_hear_of_it(boolean isTiered) {
        SentinelTrio trio = opened(SentinelTrio.start());
        RedisSettings settings = watched(trio);
        CacheService here = service(settings, isTiered, true);
        CacheService there = service(settings, isTiered, true);
        loseRemoval(trio, here, there);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(trio.primary().ask("EXISTS " + physical())).isEqualTo(":0");
            assertThat(cache(here).get(KEY)).isNull();
            assertThat(cache(there).get(KEY)).isNull();
        });
        assertThat(here.metrics().pendingInvalidations()).isZero();
    }

    /** What the test above would find. */
    @Test
    void who_makes_nothing_again_leaves_what_came_back() {
        SentinelTrio trio = opened(SentinelTrio.start());
        CacheService here = service(watched(trio), false, false);
        loseRemoval(trio, here, here);

        await().atMost(PATIENCE).ignoreExceptions().until(() -> "old"
                .equals(cache(here).get(KEY)));
    }

    @Test
    void a_removal_that_was_lost_with_a_primary_of_a_cluster_is_made_again() {
        RedisCluster cluster = opened(RedisCluster.start());
        RedisSettings settings = RedisSettings.builder()
                .clusterNodes(cluster.seeds())
                .commandTimeout(DEADLINE)
                .build();
        CacheService here = service(settings, true, true);
        CacheService there = service(settings, true, true);
        cache(here).put(KEY, "old");
        RedisServer primary = cluster.primaryOf(physical());
        assertThat(primary.ask("EXISTS " + physical())).isEqualTo(":1");
        primary.awaitReplicas();
        await().atMost(PATIENCE).until(() -> "old".equals(cache(there).get(KEY)));

        cutOff(primary);
        cache(here).delete(KEY);
        cluster.kill(primary);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(cluster.primaryOf(physical()).ask("EXISTS " + physical()))
                    .isEqualTo(":0");
            assertThat(cache(here).get(KEY)).isNull();
            assertThat(cache(there).get(KEY)).isNull();
        });
    }

    private void loseRemoval(SentinelTrio trio, CacheService here, CacheService there) {
        cache(here).put(KEY, "old");
        assertThat(trio.primary().ask("EXISTS " + physical())).isEqualTo(":1");
        trio.primary().awaitReplicas();
        await().atMost(PATIENCE).until(() -> "old".equals(cache(there).get(KEY)));
        await().atMost(PATIENCE).until(trio::isListenedTo);

        cutOff(trio.primary());
        cache(here).delete(KEY);
        assertThat(trio.primary().ask("EXISTS " + physical())).isEqualTo(":0");
        trio.kill();
    }

    /** Its replica hears nothing of it any more. */
    private static void cutOff(RedisServer primary) {
        primary.order("ACL SETUSER default -psync -sync");
        primary.ask("CLIENT KILL TYPE replica");
    }

    private static RedisSettings watched(SentinelTrio trio) {
        return RedisSettings.builder()
                .sentinel(SentinelTrio.MASTER, trio.sentinels())
                .commandTimeout(DEADLINE)
                .build();
    }

    private static Cache<String> cache(CacheService service) {
        return service.cache(CacheSpec.of(CACHE, String.class).eternal().build());
    }

    private static String physical() {
        return new String(KEYS.encode(CACHE, KEY), US_ASCII);
    }

    private CacheService service(RedisSettings settings, boolean isTiered, boolean replays) {
        ByteBackend redis = RedisBackend.connectingTo(settings, KEYS, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        CacheBackend shared = new EncodedBackend(replays ? redis : deaf(redis), KEYS, DEADLINE, TimeSource.SYSTEM);
        CacheBackend backend = isTiered
                ? TieredBackend.builder(MemoryBackend.builder().build(), shared)
                        .heartbeat(HEARTBEAT)
                        .build()
                : shared;
        return opened(LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("redis", backend)
                .circuitBreaker(null)
                .build());
    }

    /** Hears nothing of losses. */
    private static ByteBackend deaf(ByteBackend backend) {
        return (ByteBackend) Proxy.newProxyInstance(
                LostRemovalsIT.class.getClassLoader(),
                backend.getClass().getInterfaces(),
                (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length == 1 && arguments[0] instanceof LossListener) {
                        return null;
                    }
                    try {
                        return method.invoke(backend, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private <T extends AutoCloseable> T opened(T what) {
        opened.add(what);
        return what;
    }
}
