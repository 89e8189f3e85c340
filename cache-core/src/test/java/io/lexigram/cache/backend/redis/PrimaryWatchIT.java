package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.RedisCluster;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.SentinelTrio;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend hears that a primary is not the one it was. */
class PrimaryWatchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OLD = "old";
    private static final String RECENT = "recent";

    private final ManualTime time = new ManualTime();
    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void a_server_that_was_started_anew_may_have_a_copy_of_any_age() {
        RedisServer server = opened(RedisServer.start());
        RedisBackend backend = backend(RedisSettings.builder().url(server.getUri()), TimeSource.SYSTEM);
        get(backend.ping());
        server.restart();

        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            get(backend.ping());
            return true;
        });
        await().until(() -> !losses.isEmpty());
        assertThat(losses).containsExactly(OLD);
    }

    @Test
    void a_connection_that_was_cut_is_no_loss() {
        RedisServer server = opened(RedisServer.start());
        RedisBackend backend = backend(RedisSettings.builder().url(server.getUri()), TimeSource.SYSTEM);
        get(backend.ping());
        server.ask("CLIENT KILL TYPE normal");

        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            get(backend.ping());
            return true;
        });
        assertThat(losses).isEmpty();
    }

    /** The answer comes before that of the ping, which was sent after it. */
    @Test
    void a_server_that_was_a_replica_meanwhile_is_noticed_within_a_second_of_use_although_the_connection_held() {
        RedisServer server = opened(RedisServer.start());
        RedisBackend backend = backend(RedisSettings.builder().url(server.getUri()), time.source());
        get(backend.ping());
        server.order("REPLICAOF 127.0.0.1 1");
        server.order("REPLICAOF NO ONE");
        get(backend.ping());
        get(backend.ping());
        assertThat(losses).isEmpty();

        time.advance(Duration.ofSeconds(1));
        get(backend.ping());
        get(backend.ping());

        assertThat(losses).containsExactly(RECENT);
    }

    @Test
    void a_user_who_may_not_ask_is_told_of_each_new_connection() {
        RedisServer server = opened(RedisServer.start());
        server.order("ACL SETUSER default -info");
        RedisBackend backend = backend(RedisSettings.builder().url(server.getUri()), TimeSource.SYSTEM);
        get(backend.ping());
        assertThat(losses).isEmpty();
        server.ask("CLIENT KILL TYPE normal");

        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            get(backend.ping());
            return !losses.isEmpty();
        });
        assertThat(losses).containsOnly(RECENT);
    }

    @Test
    void the_server_that_sentinels_put_in_the_place_of_another_one_may_lack_the_last_moments() {
        SentinelTrio trio = opened(SentinelTrio.start());
        awaitAge(trio.primary(), 4);
        RedisBackend backend =
                backend(RedisSettings.builder().sentinel(SentinelTrio.MASTER, trio.sentinels()), TimeSource.SYSTEM);
        get(backend.ping());
        await().atMost(PATIENCE).until(trio::isListenedTo);

        trio.handOver();

        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            get(backend.ping());
            return !losses.isEmpty();
        });
        assertThat(losses.get(0)).isEqualTo(RECENT);
    }

    /** A younger one may pass for one that was started after the first answer, for it tells its age in whole seconds. */
    private static void awaitAge(RedisServer server, int seconds) {
        await().atMost(PATIENCE)
                .until(() -> PrimaryIdentity.read(server.ask("INFO server"), "").uptimeSeconds() >= seconds);
    }

    @Test
    void a_replica_that_took_over_in_a_cluster_may_lack_the_last_moments() {
        RedisCluster cluster = opened(RedisCluster.start());
        RedisBackend backend = backend(
                RedisSettings.builder().clusterNodes(cluster.seeds()).commandTimeout(Duration.ofMillis(500)),
                TimeSource.SYSTEM);
        get(backend.ping());
        await().pollDelay(Duration.ofMillis(1_200)).until(() -> {
            get(backend.ping());
            return true;
        });
        assertThat(losses).isEmpty();

        RedisServer gone = cluster.primaries().get(0);
        cluster.kill(gone);

        await().ignoreExceptions().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < 20; i++) {
                get(backend.get(Entries.key("k" + i)).exceptionally(failure -> null));
            }
            return !losses.isEmpty();
        });
        assertThat(losses).containsExactly(RECENT);
    }

    private <T extends AutoCloseable> T opened(T what) {
        opened.add(what);
        return what;
    }

    private RedisBackend backend(RedisSettings.Builder settings, TimeSource source) {
        RedisBackend backend = RedisBackend.connectingTo(settings.build(), KEYS, source, RedisConnectionListener.NONE);
        opened.add(backend);
        backend.onLoss(isOld -> losses.add(isOld ? OLD : RECENT));
        return backend;
    }
}
