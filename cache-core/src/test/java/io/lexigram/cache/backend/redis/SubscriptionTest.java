package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attempts are made when the test lets them. */
class SubscriptionTest {

    private static final byte[] CHANNEL = "channel".getBytes(UTF_8);

    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> attempts = new ConcurrentLinkedQueue<>();
    private final List<FakeEar> ears = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Subscription subscription = new Subscription(
            this::open, attempts::add, new Backoff(() -> 0), time.source().ticker());
    private boolean isDown;

    @Test
    void a_connection_that_was_subscribed_on_is_made_anew_at_once_however_often_it_ends() {
        start();
        for (int losses = 0; losses < 20; losses++) {
            ear().confirm();
            time.advance(Duration.ofSeconds(1));
            ear().listener.ended();

            assertThat(attempts).hasSize(1);
            attempts.remove().run();
        }

        ear().confirm();
        assertThat(heard).hasSize(21);
    }

    @Test
    void a_connection_that_ends_as_soon_as_it_was_subscribed_on_is_made_anew_after_the_shortest_pause() {
        start();
        for (int losses = 0; losses < 5; losses++) {
            ear().confirm();
            ear().listener.ended();

            assertThat(attempts).isEmpty();
            await().atMost(Duration.ofSeconds(2)).until(() -> !attempts.isEmpty());
            attempts.remove().run();
        }
    }

    @Test
    void attempts_that_fail_or_are_never_confirmed_are_repeated_after_the_back_off() {
        isDown = true;
        start();
        assertThat(attempts).isEmpty();
        await().until(() -> !attempts.isEmpty());

        isDown = false;
        attempts.remove().run();
        time.advance(Duration.ofSeconds(1));
        ear().listener.ended();

        assertThat(attempts).isEmpty();
        await().until(() -> !attempts.isEmpty());
    }

    @Test
    void nothing_is_made_anew_after_the_end() {
        start();
        ear().confirm();
        time.advance(Duration.ofSeconds(1));
        FakeEar last = ear();
        subscription.close();
        last.listener.ended();

        assertThat(attempts).isEmpty();
    }

    private void start() {
        subscription.listen(CHANNEL, new Subscription.Hearer() {
            @Override
            public void subscribed() {
                heard.add("subscribed");
            }

            @Override
            public void message(byte[] message) {}
        });
        attempts.remove().run();
    }

    private FakeEar ear() {
        return ears.get(ears.size() - 1);
    }

    private Subscription.Ear open() {
        if (isDown) {
            throw new IllegalStateException("refused");
        }
        FakeEar ear = new FakeEar();
        ears.add(ear);
        return ear;
    }

    private static final class FakeEar implements Subscription.Ear {

        private Subscription.@Nullable EarListener listener;

        void confirm() {
            listener.subscribed(CHANNEL);
        }

        @Override
        public void listen(Subscription.EarListener hearer) {
            listener = hearer;
        }

        @Override
        public void subscribe(byte[] channel) {}

        @Override
        public void unsubscribe(byte[] channel) {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
