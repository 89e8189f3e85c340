package io.lexigram.cache.backend.redis;

import static io.lexigram.cache.backend.redis.Entries.KEYS;
import static io.lexigram.cache.backend.redis.Entries.entry;
import static io.lexigram.cache.backend.redis.Entries.get;
import static io.lexigram.cache.backend.redis.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisConnectionIT {

    private final RedisServer server = RedisServer.start();
    private final AtomicLong nanos = new AtomicLong();
    private final TimeSource time = new TimeSource(Clock.systemUTC(), nanos::get);
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final RedisConnectionListener listener = new RedisConnectionListener() {
        @Override
        public void connected() {
            events.add("connected");
        }

        @Override
        public void disconnected() {
            events.add("disconnected");
        }
    };
    private RedisBackend backend = own(settings());

    @AfterEach
    void stop() {
        backend.close();
        server.close();
    }

    @Test
    void a_server_absent_at_construction_is_found_once_it_is_there() {
        server.stop();
        assertThat(backend.unwrap(StatefulRedisConnection.class)).isNull();
        assertThatThrownBy(() -> get(backend.get(key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining(String.valueOf(server.port()));

        server.restart();
        backOff();

        awaitRecovery();
        assertThat(events).containsExactly("disconnected", "connected");
    }

    @Test
    void while_the_server_is_down_operations_fail_without_an_attempt_until_the_back_off_is_over() {
        get(backend.ping());
        server.stop();
        await().until(() -> events.contains("disconnected"));
        backOff();
        assertThatThrownBy(() -> get(backend.ping())).isInstanceOf(CacheConnectionException.class);
        awaitAttempt();

        server.restart();
        for (int i = 0; i < 100; i++) {
            CompletionStage<byte[]> read = backend.get(key("k"));
            assertThat(read.toCompletableFuture()).isCompletedExceptionally();
        }
        assertThatThrownBy(() -> get(backend.ping()))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("comes in");

        backOff();
        awaitRecovery();
        assertThat(events).containsExactly("connected", "disconnected", "connected");
    }

    @Test
    void a_connection_that_held_for_long_is_made_anew_by_the_next_operation() {
        get(backend.ping());
        backOff();
        server.restart();
        await().until(() -> events.contains("disconnected"));

        assertThat(get(backend.set(entry("k", "v"), false))).isTrue();
    }

    @Test
    void operations_that_waited_for_the_connection_take_effect_in_the_order_of_the_calls() {
        List<Runnable> attempts = new CopyOnWriteArrayList<>();
        RedisBackend late = new RedisBackend(
                new LinkOpener(settings().build().connectionFactory(), true), KEYS, time, attempts::add, listener);
        try (late) {
            CompletionStage<Boolean> first = late.set(entry("k", "1"), true);
            CompletionStage<Boolean> refused = late.set(entry("k", "2"), true);
            CompletionStage<Boolean> deleted = late.delete(key("k"));
            CompletionStage<Boolean> abandoned = late.set(entry("abandoned", "3"), false);
            CompletionStage<Boolean> last = late.set(entry("k", "4"), true);
            abandoned.toCompletableFuture().cancel(false);

            attempts.get(0).run();

            assertThat(List.of(get(first), get(refused), get(deleted), get(last)))
                    .containsExactly(true, false, true, true);
            assertThat(get(late.exists(key("abandoned")))).isFalse();
            assertThat(attempts).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_write_under_way_when_the_connection_broke_fails_and_is_never_sent_again(boolean own) {
        LettuceConnectionFactory application = new LettuceConnectionFactory(server.host(), server.port());
        if (!own) {
            backend.close();
            application.start();
            backend = RedisBackend.using(application, KEYS, time, listener);
        }
        get(backend.ping());
        server.pause();
        CompletionStage<Boolean> write = backend.set(entry("k", "v"), false);
        CompletionStage<Boolean> tagged = backend.set(entry("l", "v", "tag"), false);

        server.restart();
        assertThatThrownBy(() -> get(write)).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> get(tagged)).isInstanceOf(CacheConnectionException.class);
        backOff();
        awaitRecovery();

        assertThat(get(backend.get(key("k")))).isNull();
        assertThat(get(backend.get(key("l")))).isNull();
        application.destroy();
    }

    @Test
    void a_server_that_answers_nothing_any_more_is_given_up_and_found_again() {
        backend.close();
        backend = own(settings().commandTimeout(Duration.ofMillis(200)));
        get(backend.ping());
        server.pause();

        assertThatThrownBy(() -> get(backend.get(key("k")))).isInstanceOf(CacheTimeoutException.class);
        await().until(() -> events.contains("disconnected"));
        assertThat(backend.unwrap(StatefulRedisConnection.class)).isNull();

        server.resume();
        backOff();
        awaitRecovery();
    }

    @Test
    void a_server_that_has_become_a_replica_is_looked_for_anew() {
        get(backend.ping());
        RedisClient client = RedisClient.create(server.getUri());
        RedisCommands<String, String> admin = client.connect().sync();
        admin.replicaof("127.0.0.1", 1);

        assertThatThrownBy(() -> get(backend.set(entry("k", "v"), false)))
                .isInstanceOf(CacheBackendException.class)
                .hasMessageContaining("READONLY");
        await().until(() -> events.contains("disconnected"));

        admin.replicaofNoOne();
        client.shutdown();
        backOff();
        awaitRecovery();
        assertThat(get(backend.set(entry("k", "v"), false))).isTrue();
    }

    @Test
    void a_wrong_password_is_told_in_the_servers_words_and_not_in_its_own() {
        try (RedisServer guarded = RedisServer.start("--requirepass", "right");
                RedisBackend locked =
                        own(RedisSettings.builder().url("redis://:hunter2@" + guarded.host() + ":" + guarded.port()))) {
            assertThatThrownBy(() -> get(locked.ping()))
                    .isInstanceOf(CacheConnectionException.class)
                    .hasMessageContaining("WRONGPASS")
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain("hunter2"));
            assertThatThrownBy(() -> get(locked.ping()))
                    .isInstanceOf(CacheConnectionException.class)
                    .satisfies(failure -> assertThat(trace(failure)).doesNotContain("hunter2"));
            assertThat(locked)
                    .asString()
                    .contains(String.valueOf(guarded.port()))
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://reader:p%40ss@", "redis://reader:wrong@"})
    void a_user_opens_with_the_password_set_last(String url) {
        RedisClient client = RedisClient.create(server.getUri());
        client.connect()
                .sync()
                .aclSetuser(
                        "reader",
                        AclSetuserArgs.Builder.on()
                                .addPassword("p@ss")
                                .allKeys()
                                .allCommands());
        client.shutdown();

        try (RedisBackend opened = own(RedisSettings.builder()
                .url(url + server.host() + ":" + server.port())
                .password("p@ss"))) {
            assertThat(get(opened.set(entry("k", "v"), false))).isTrue();
        }
    }

    @Test
    void a_right_password_opens() {
        try (RedisServer guarded = RedisServer.start("--requirepass", "p@ss:w/rd");
                RedisBackend opened = own(RedisSettings.builder()
                        .host(guarded.host())
                        .port(guarded.port())
                        .database(3)
                        .password("p@ss:w/rd"))) {
            assertThat(get(opened.set(entry("k", "v"), false))).isTrue();
        }
    }

    @Test
    void closing_fails_what_has_no_answer_and_what_comes_later() {
        get(backend.ping());
        server.pause();
        CompletionStage<byte[]> read = backend.get(key("k"));

        backend.close();

        assertThatThrownBy(() -> get(read)).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> get(backend.get(key("k"))))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("closed");
        assertThat(events).containsExactly("connected");
    }

    @Test
    void a_factory_of_the_application_is_neither_started_nor_closed() {
        LettuceConnectionFactory application = new LettuceConnectionFactory(server.host(), server.port());
        RedisBackend guest = RedisBackend.using(application, KEYS, time, listener);
        assertThatThrownBy(() -> get(guest.ping())).isInstanceOf(CacheConnectionException.class);
        assertThat(application.isRunning()).isFalse();

        application.start();
        backOff();
        awaitRecovery(guest);
        assertThat(guest.unwrap(LettuceConnectionFactory.class)).isSameAs(application);
        guest.close();

        assertThat(application.isRunning()).isTrue();
        assertThat(application.getConnection().ping()).isEqualTo("PONG");
        application.destroy();
    }

    @Test
    void a_factory_of_its_own_is_started_by_the_first_use_and_closed_with_the_backend() {
        LettuceConnectionFactory factory = backend.unwrap(LettuceConnectionFactory.class);
        assertThat(factory.isRunning()).isFalse();

        get(backend.ping());
        assertThat(factory.isRunning()).isTrue();

        backend.close();
        assertThat(factory.isRunning()).isFalse();
    }

    @Test
    void a_scan_and_a_sweep_fail_when_there_is_no_server() {
        server.stop();

        assertThatThrownBy(() -> backend.scan(KEYS.prefix()).toList()).isInstanceOf(CacheConnectionException.class);
        assertThatThrownBy(() -> backend.removeTagged("t", KEYS.prefix())).isInstanceOf(CacheConnectionException.class);
    }

    private RedisSettings.Builder settings() {
        return RedisSettings.builder().host(server.host()).port(server.port());
    }

    private RedisBackend own(RedisSettings.Builder settings) {
        return RedisBackend.connectingTo(settings.build(), KEYS, time, listener);
    }

    private void backOff() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    }

    private void awaitRecovery() {
        awaitRecovery(backend);
    }

    private void awaitRecovery(RedisBackend lost) {
        await().ignoreException(CacheConnectionException.class).until(() -> {
            backOff();
            get(lost.ping());
            return true;
        });
    }

    /** Until the attempt that is under way has failed. */
    private void awaitAttempt() {
        await().untilAsserted(() -> assertThatThrownBy(() -> get(backend.ping()))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContaining("comes in"));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
