package io.lexigram.cache.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.history.PlantedFault;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Writes of which nobody knows whether they had their effect, on a server of their own. Consistency 5.12. */
class FailedWritesIT extends Races {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String DENIED = "denied";
    private static final List<String> BATCH = List.of("kept-1", DENIED, "kept-2", "kept-3");

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = RedisClient.create(server.getUri());
    private final StatefulRedisConnection<String, String> connection = client.connect();
    private final RedisCommands<String, String> admin = connection.sync();

    @Override
    String server() {
        return server.getUri();
    }

    @Override
    void close() throws Exception {
        super.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void no_key_of_a_batch_that_failed_in_part_answers_what_was_there_before() {
        admit("*");
        Node writer = node("redis://writer:secret@" + server.host() + ":" + server.port());
        writer.cache().putMany(valuesOf("old"));
        admit("*{kept*", "*%*");

        assertThatThrownBy(() -> writer.cache().putMany(valuesOf("new")))
                .isInstanceOf(CacheBackendException.class)
                .hasMessageContaining("NOPERM");

        assertNothingIsServedOn(writer);
        admit("*");
        assertNothingIsServedOn(writer);
        await().until(() -> writer.service().metrics().pendingInvalidations() == 0);
        assertNothingIsServedOn(writer);
        assertNothingIsServedOn(there);
    }

    private void admit(String... keys) {
        AclSetuserArgs rights = AclSetuserArgs.Builder.on()
                .addPassword("secret")
                .resetKeys()
                .allChannels()
                .allCommands();
        for (String pattern : keys) {
            rights.keyPattern(pattern);
        }
        admin.aclSetuser("writer", rights);
    }

    private static Map<String, String> valuesOf(String value) {
        return Map.of(BATCH.get(0), value, BATCH.get(1), value, BATCH.get(2), value, BATCH.get(3), value);
    }

    private static void assertNothingIsServedOn(Node node) {
        assertThat(BATCH)
                .allSatisfy(key -> assertThat(node.cache().lookup(key)).as(key).isNotInstanceOf(Lookup.Hit.class));
    }

    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void a_put_that_a_stopped_server_got_before_a_removal_elsewhere_is_taken_back() throws Exception {
        race(never(), (put, removal) -> {
            put.run();
            removal.run();
        });
    }

    /** It is worked off behind the removal, with what takes it back. */
    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void a_put_that_a_stopped_server_got_after_a_removal_elsewhere_is_taken_back() throws Exception {
        race(never(), (put, removal) -> {
            removal.run();
            put.run();
        });
    }

    @Test
    @CaughtBy(PlantedFault.DELETE_FORGOTTEN)
    void a_put_and_a_removal_of_which_a_stopped_server_told_nobody_leave_nothing_behind() throws Exception {
        race(null, (put, removal) -> {
            Future<?> putting = begin(put);
            removal.run();
            putting.get();
        });
    }

    /** A value that failed to be put is served nowhere, from the removal on that somebody else was answered. */
    private void race(ScheduledExecutorService deliveries, Order order) throws Exception {
        means = Means.DEFAULT.deadline(SHORT);
        Node remover = node();
        means = deliveries == null ? means : means.scheduler(deliveries);
        Node writer = node();
        for (Node node : List.of(writer, remover)) {
            answered(() -> node.cache().put(KEY, "before"));
            answered(() -> node.cache().delete(KEY));
        }
        elsewhere.cache().put(KEY, "old");
        AtomicBoolean over = new AtomicBoolean();
        Future<?> reader;
        server.pause();
        try {
            order.run(
                    () -> assertThatThrownBy(() -> writer.cache().put(KEY, "new"))
                            .isInstanceOf(CacheTimeoutException.class),
                    () -> assertThatThrownBy(() -> remover.cache().delete(KEY))
                            .isInstanceOf(CacheInvalidationException.class));
            reader = begin(() -> {
                while (!over.get()) {
                    assertNothingIsReadOn(remover);
                }
            });
        } finally {
            server.resume();
        }
        await().until(() -> remover.service().metrics().pendingInvalidations() == 0);
        await().until(() -> deliveries != null || writer.service().metrics().pendingInvalidations() == 0);
        over.set(true);
        reader.get();
        assertNothingIsReadOn(writer);
        assertThat(elsewhere.stored(KEY)).isNull();
    }

    private static void assertNothingIsReadOn(Node node) {
        assertThat(node.cache().lookup(KEY)).isNotInstanceOf(Lookup.Hit.class);
    }

    /** On a busy machine an answer may come later than the deadline. */
    private static void answered(Runnable call) {
        await().ignoreExceptionsInstanceOf(CacheException.class).until(() -> {
            call.run();
            return true;
        });
    }

    /** Runs nothing, as if its time never came. */
    private static ScheduledExecutorService never() {
        ScheduledExecutorService never = Executors.newScheduledThreadPool(1);
        never.shutdown();
        return never;
    }

    private interface Order {
        void run(Runnable put, Runnable removal) throws Exception;
    }
}
