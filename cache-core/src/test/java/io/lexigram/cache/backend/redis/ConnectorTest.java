package io.lexigram.cache.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** While there is no connection. */
class ConnectorTest {

    private static final Operation<String> NEVER_SENT = link -> {
        throw new AssertionError("sent without a connection");
    };

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Deque<Runnable> attempts = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private RuntimeException refusal = new IllegalStateException("WRONGPASS");

    private final Connector connector = new Connector(
            () -> {
                throw refusal;
            },
            "here:6379",
            attempts::add,
            nanos::get,
            new Backoff(() -> 0),
            new RedisConnectionListener() {
                @Override
                public void connected() {
                    events.add("connected");
                }

                @Override
                public void disconnected() {
                    events.add("disconnected");
                }
            },
            link -> {});

    @Test
    void operations_wait_for_the_outcome_of_the_one_first_attempt() {
        CompletableFuture<String> first = connector.submit(NEVER_SENT);
        CompletableFuture<String> second = connector.submit(NEVER_SENT);
        assertThat(attempts).hasSize(1);
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        attempts.remove().run();

        assertRefused(first, "here:6379", "WRONGPASS");
        assertRefused(second, "here:6379", "WRONGPASS");
        assertThat(events).containsExactly("disconnected");
    }

    @Test
    void after_a_failure_operations_fail_at_once_and_start_no_attempt_before_the_back_off_is_over() {
        fail();

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100) - 1);
        assertRefused(connector.submit(NEVER_SENT), "here:6379", "comes in 0 ms");
        assertThat(attempts).isEmpty();

        nanos.addAndGet(1);
        CompletableFuture<String> attempting = connector.submit(NEVER_SENT);
        assertRefused(connector.submit(NEVER_SENT), "here:6379", "under way");
        assertThat(attempting)
                .as("who starts the attempt hears what comes of it")
                .isNotDone();
        assertThat(attempts).hasSize(1);
        attempts.remove().run();
        assertRefused(attempting, "here:6379", "WRONGPASS");
    }

    @Test
    void failures_in_a_row_double_the_back_off_up_to_a_second_and_are_told_once() {
        fail();
        for (long millis : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
            connector.submit(NEVER_SENT);
            assertThat(attempts).as("before %d ms", millis).isEmpty();
            nanos.addAndGet(1);
            connector.submit(NEVER_SENT);
            assertThat(attempts).as("after %d ms", millis).hasSize(1);
            attempts.remove().run();
        }
        assertThat(events).containsExactly("disconnected");
    }

    @Test
    void what_waits_is_bounded() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(connector.submit(NEVER_SENT)).isNotDone();
        }

        assertRefused(connector.submit(NEVER_SENT), "10000 operations wait");
    }

    @Test
    void closing_fails_what_waits_and_what_comes_later() {
        CompletableFuture<String> waiting = connector.submit(NEVER_SENT);

        connector.close();

        assertRefused(waiting, "closed");
        assertRefused(connector.submit(NEVER_SENT), "closed");
        attempts.remove().run();
        assertThat(events).isEmpty();
    }

    @Test
    void an_executor_that_takes_no_work_is_a_failed_attempt() {
        Connector refused = new Connector(
                () -> {
                    throw refusal;
                },
                "here:6379",
                work -> {
                    throw new RejectedExecutionException("full");
                },
                nanos::get,
                new Backoff(() -> 0),
                RedisConnectionListener.NONE,
                link -> {});

        assertRefused(refused.submit(NEVER_SENT), "full");
        assertRefused(refused.submit(NEVER_SENT), "comes in");
    }

    @Test
    void an_error_while_connecting_leaves_nobody_waiting() {
        Connector broken = new Connector(
                () -> {
                    throw new NoClassDefFoundError("io/netty/Missing");
                },
                "here:6379",
                Runnable::run,
                nanos::get,
                new Backoff(() -> 0),
                RedisConnectionListener.NONE,
                link -> {});

        assertRefused(broken.submit(NEVER_SENT), "io/netty/Missing");
    }

    private void fail() {
        connector.submit(NEVER_SENT);
        attempts.remove().run();
    }

    private static void assertRefused(CompletableFuture<?> operation, String... words) {
        assertThat(operation).isDone();
        assertThatThrownBy(() -> Entries.get(operation))
                .isInstanceOf(CacheConnectionException.class)
                .hasMessageContainingAll(words);
    }
}
