package io.lexigram.cache.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Two processes with a breaker each for one backend. */
class SharedBreakerTest {

    private static final String KEY = "lexigram:cb:far";

    private final ManualTime time = new ManualTime();
    private final News news = new News();
    private final Node one = new Node();
    private final Node other = new Node();
    private int names;

    private void passTheTimeItIsOpen() {
        time.advance(Duration.ofMillis(10_001));
    }

    @Test
    void a_breaker_that_opens_is_followed_by_the_others_when_they_look() {
        one.fail(10);
        assertThat(news.lifetimes).containsEntry(KEY, Duration.ofHours(1).toMillis());
        assertThat(other.breaker.state()).isEqualTo(State.CLOSED);

        other.shared.look();

        assertThat(other.breaker.state()).isEqualTo(State.OPEN);
        assertThat(news.sets).isEqualTo(1);
    }

    @Test
    void one_that_closes_takes_the_news_down_and_who_followed_sends_a_probe() {
        one.fail(10);
        other.shared.look();
        passTheTimeItIsOpen();
        one.breaker.answered(one.breaker.permit(), 1);
        assertThat(news.held).isEmpty();

        other.shared.look();

        assertThat(other.breaker.state()).isEqualTo(State.HALF_OPEN);
        other.breaker.answered(other.breaker.permit(), 1);
        assertThat(other.breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void one_that_opened_by_itself_keeps_its_time_whatever_others_take_down() {
        one.fail(10);
        news.held.clear();

        one.shared.look();

        assertThat(one.breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void news_that_nobody_took_down_are_followed_once() {
        one.fail(10);
        byte[] left = news.held.get(KEY);
        other.shared.look();
        passTheTimeItIsOpen();
        other.breaker.answered(other.breaker.permit(), 1);
        news.held.put(KEY, left);

        other.shared.look();

        assertThat(other.breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void one_that_followed_and_whose_own_probe_failed_tells_so() {
        one.fail(10);
        other.shared.look();
        passTheTimeItIsOpen();

        other.breaker.failed(other.breaker.permit(), 1);

        assertThat(news.sets).isEqualTo(2);
    }

    @Test
    void what_is_no_news_is_not_followed() {
        news.held.put(KEY, "anything".getBytes(StandardCharsets.UTF_8));
        other.shared.look();
        news.held.put(KEY, ("OPEN:" + "x".repeat(1_000)).getBytes(StandardCharsets.UTF_8));
        other.shared.look();

        assertThat(other.breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void news_that_cannot_be_had_change_nothing_and_are_asked_for_again() {
        one.fail(10);
        news.down = true;
        other.shared.look();
        assertThat(other.breaker.state()).isEqualTo(State.CLOSED);
        news.down = false;

        other.shared.look();

        assertThat(other.breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_question_without_an_answer_is_not_asked_again() {
        news.silent = true;
        other.shared.look();
        other.shared.look();

        assertThat(news.gets).isEqualTo(1);
    }

    private final class Node {

        private SharedBreaker shared;
        private final WindowBreaker breaker = new WindowBreaker(
                "far", CircuitBreakerSettings.DEFAULT, time.source(), (from, to) -> shared.changed(from, to));

        private Node() {
            shared = new SharedBreaker(
                    "far", breaker, news, CircuitBreakerSettings.Sharing.DEFAULT, () -> "opening-" + ++names);
        }

        private void fail(int calls) {
            for (int i = 0; i < calls; i++) {
                breaker.failed(breaker.permit(), 1);
            }
        }
    }

    private static final class News implements ByteBackend {

        private final Map<String, byte[]> held = new HashMap<>();
        private final Map<String, Long> lifetimes = new HashMap<>();
        private boolean down;
        private boolean silent;
        private int gets;
        private int sets;

        @Override
        public String type() {
            return "redis";
        }

        @Override
        public CompletionStage<byte[]> get(byte[] key) {
            gets++;
            if (silent) {
                return new CompletableFuture<>();
            }
            return down
                    ? CompletableFuture.failedFuture(new CacheConnectionException("gone"))
                    : CompletableFuture.completedFuture(held.get(text(key)));
        }

        @Override
        public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
            sets++;
            held.put(text(entry.key()), entry.value());
            lifetimes.put(text(entry.key()), entry.ttlMillis());
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Boolean> delete(byte[] key) {
            return CompletableFuture.completedFuture(held.remove(text(key)) != null);
        }

        @Override
        public CompletionStage<Void> ping() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return null;
        }

        @Override
        public void close() {}

        private static String text(byte[] key) {
            return new String(key, StandardCharsets.UTF_8);
        }
    }
}
