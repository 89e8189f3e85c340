package io.lexigram.cache.backend;

import static io.lexigram.cache.backend.Stores.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.resilience.WindowBreaker;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.testing.HeapBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a breaker hears of the calls to a backend of bytes, and what calls see of the breaker. */
class GuardedBackendTest {

    private final Stores stores = new Stores();
    private final HeapBytes bytes = stores.bytes;
    private final EncodedBackend backend = stores.backend(bytes, Duration.ofSeconds(2));
    private final EntryStore store = backend.open(stores.spec("users", new JsonCodec(), ""));
    private final Breaker breaker = backend.guard(
            () -> new WindowBreaker("heap", CircuitBreakerSettings.DEFAULT, stores.time.source(), (from, to) -> {}));

    private void fault(Throwable failure) {
        bytes.fault = () -> CompletableFuture.failedFuture(failure);
    }

    private void read(int times) {
        for (int i = 0; i < times; i++) {
            try {
                store.read("k", TEXT);
            } catch (CacheException | ArithmeticException e) {
                // As the fault has it.
            }
        }
    }

    private void open() {
        fault(new CacheConnectionException("gone"));
        read(10);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        bytes.calls.clear();
        bytes.fault = null;
    }

    private void awaitProbe() {
        stores.time.advance(Duration.ofMillis(10_001));
    }

    /** Answers after a time. */
    private Supplier<CompletionStage<?>> after(Duration delay, Object answer) {
        return () -> {
            stores.time.advance(delay);
            return CompletableFuture.completedFuture(answer);
        };
    }

    static List<Throwable> outages() {
        return List.of(
                new CacheConnectionException("gone"),
                new CacheTimeoutException("late"),
                new IOException("of a driver that says it in its own words"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void connection_faults_and_time_outs_open_the_breaker(Throwable outage) {
        fault(outage);

        read(10);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    static List<Throwable> refusals() {
        return List.of(
                new CacheSerializationException("not a value"),
                new ArithmeticException("too many"),
                new io.lexigram.cache.CacheCapacityException("too large"),
                new io.lexigram.cache.CacheBackendException("OOM command not allowed"),
                new IllegalStateException("whatever"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_the_backend_refuses_does_not(Throwable refusal) {
        fault(refusal);

        read(40);

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void an_answer_that_never_comes_is_a_failure() {
        EncodedBackend hasty = stores.backend(bytes, Duration.ofMillis(1));
        Breaker its = hasty.guard(() -> new WindowBreaker(
                "heap", CircuitBreakerSettings.DEFAULT.window(2), stores.time.source(), (from, to) -> {}));
        bytes.fault = CompletableFuture::new;

        assertThatThrownBy(() ->
                        hasty.open(stores.spec("users", new JsonCodec(), "")).read("k", TEXT))
                .isExactlyInstanceOf(CacheTimeoutException.class);

        assertThat(its.state()).isEqualTo(State.OPEN);
    }

    @Test
    void slow_answers_open_the_breaker() {
        read(1);
        stores.time.advance(Duration.ofSeconds(5));
        bytes.fault = after(Duration.ofMillis(201), null);

        read(10);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_batch_is_slow_only_where_its_parts_of_a_thousand_are() {
        Map<String, io.lexigram.cache.spi.StoredEntry> batch = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            batch.put("k" + i, stores.text("v"));
        }
        bytes.fault = after(Duration.ofMillis(700), null);

        for (int i = 0; i < 20; i++) {
            store.writeMany(batch);
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_ping_may_take_longer() {
        bytes.fault = after(Duration.ofMillis(900), null);

        for (int i = 0; i < 20; i++) {
            backend.ping(Duration.ofSeconds(1));
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void while_it_is_open_no_call_reaches_the_backend() {
        open();

        for (ThrowingCallable operation : List.<ThrowingCallable>of(
                () -> store.read("k", TEXT),
                () -> store.readMany(List.of("k"), TEXT),
                () -> store.write("k", stores.text("v")),
                () -> store.writeIfAbsent("k", stores.text("v")),
                () -> store.writeMany(Map.of("k", stores.text("v"))),
                () -> store.remove("k"),
                () -> store.removeMany(List.of("k")),
                () -> store.removeMatching(key -> true, ""),
                () -> store.removeTagged("t"),
                () -> store.clear(),
                () -> store.contains("k"),
                () -> store.expire("k", 1_000),
                () -> store.ttl("k"),
                () -> store.increment("k", 1, 1_000),
                () -> store.resetCounter("k", 1, 1_000),
                () -> store.keys(key -> true, ""),
                () -> backend.clear(),
                () -> backend.removeTagged("t"),
                () -> backend.keys(key -> true))) {
            assertThatThrownBy(operation)
                    .isExactlyInstanceOf(CacheCircuitOpenException.class)
                    .hasMessageContaining("heap")
                    .satisfies(refusal -> assertThat(refusal.getStackTrace()).isEmpty());
        }
        store.extend("k", stores.text("v"), 1_000);
        assertThat(bytes.calls).isEmpty();
    }

    @Test
    void a_write_that_opened_the_breaker_still_takes_back_what_it_may_have_done() {
        fault(new CacheConnectionException("gone"));
        read(9);
        bytes.calls.clear();

        assertThatThrownBy(() -> store.write("k", stores.text("v"))).isInstanceOf(CacheConnectionException.class);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(bytes.calls).containsExactly("set", "delete");
    }

    @Test
    void a_scan_begins_with_the_probe() {
        open();
        awaitProbe();

        store.clear();

        assertThat(bytes.calls).startsWith("ping");
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_ping_is_made_whatever_the_breaker_says_and_is_a_probe_where_one_is_due() {
        open();
        backend.ping(Duration.ofSeconds(1));
        assertThat(bytes.calls).containsExactly("ping");
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        awaitProbe();

        backend.ping(Duration.ofSeconds(1));

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_caller_that_is_interrupted_tells_nothing_of_the_backend() {
        bytes.fault = CompletableFuture::new;
        for (int i = 0; i < 20; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.read("k", TEXT)).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void the_first_breaker_stays() {
        assertThat(backend.guard(() -> Breaker.NONE)).isSameAs(breaker);
    }
}
