package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEvent.CircuitBreakerChanged;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.testing.ManualTime;
import io.lexigram.cache.testing.ManualTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers and operators see of the breaker of a backend. */
class CircuitBreakerTest {

    private final ManualTime time = new ManualTime();
    private final SwitchedBytes server = new SwitchedBytes();
    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final ManualTimer timer = new ManualTimer(time);
    private final CacheService service = builder().build();
    private final Cache<String> cache = service.cache("c", String.class);

    private LexigramCache.Builder builder() {
        return LexigramCache.builder()
                .codec(new io.lexigram.cache.codec.json.JsonCodec())
                .time(time.source())
                .scheduler(timer.scheduler())
                .backend("far", server.asBackend(time.source()))
                .backend("near", MemoryBackend.builder().build())
                .defaultBackend("far")
                .listener(events::add);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void open() {
        server.down(true);
        for (int i = 0; i < 10; i++) {
            cache.lookup("k");
        }
        assertThat(state()).isEqualTo("OPEN");
    }

    private String state() {
        return service.backends().get("far").circuitBreaker();
    }

    @Test
    void a_refused_read_is_neither_a_miss_nor_another_error() {
        open();
        long errors = cache.stats().errors();

        Lookup<String> answer = cache.lookup("k");

        assertThat(answer).isInstanceOfSatisfying(Lookup.Failed.class, failed -> assertThat(failed.cause())
                .isExactlyInstanceOf(CacheCircuitOpenException.class));
        assertThat(cache.stats().misses()).isZero();
        assertThat(cache.stats().errors()).isEqualTo(errors + 1);
        assertThat(cache.stats().breakerOpen()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isZero();
    }

    @Test
    void a_cache_that_fails_open_loads_and_one_that_does_not_throws() {
        Cache<String> closed = service.cache(
                CacheSpec.of("closed", String.class).failOpen(false).build());
        open();

        assertThat(cache.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
        assertThatThrownBy(() -> closed.get("k")).isInstanceOfSatisfying(CacheCircuitOpenException.class, refusal -> {
            assertThat(refusal.backend()).isEqualTo("far");
            assertThat(refusal.namespace()).isEqualTo("closed");
        });
    }

    @Test
    void the_exception_of_a_loader_reaches_its_caller_while_it_is_open() {
        open();
        Exception failure = new Exception("no database");

        assertThatThrownBy(() -> cache.get("k", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void its_changes_are_events_and_its_state_is_told_for_remote_backends_only() {
        assertThat(state()).isEqualTo("CLOSED");
        assertThat(service.backends().get("near").circuitBreaker()).isNull();
        open();
        server.down(false);
        time.advance(Duration.ofMillis(10_001));
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);

        assertThat(state()).isEqualTo("CLOSED");
        await().untilAsserted(() -> assertThat(events)
                .filteredOn(CircuitBreakerChanged.class::isInstance)
                .containsExactly(
                        new CircuitBreakerChanged("far", State.CLOSED, State.OPEN),
                        new CircuitBreakerChanged("far", State.OPEN, State.HALF_OPEN),
                        new CircuitBreakerChanged("far", State.HALF_OPEN, State.CLOSED)));
    }

    @Test
    void invalidations_that_were_refused_are_delivered_when_it_closes() {
        cache.put("k", "old");
        cache.put("other", "v");
        open();
        cache.delete("k");
        cache.deletePattern("p*");
        cache.invalidateTags("t");
        assertThat(service.metrics().pendingInvalidations()).isEqualTo(3);
        server.down(false);
        assertThat(cache.get("k")).isNull();

        timer.advance(Duration.ofMillis(100));

        await().until(() -> service.metrics().pendingInvalidations() == 0);
        assertThat(state()).isEqualTo("CLOSED");
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
        assertThat(cache.get("other")).isEqualTo("v");
    }

    @Test
    void health_asks_the_backend_itself_and_so_finds_out_that_it_is_back() {
        open();
        assertThat(service.on("far").ping()).isFalse();
        server.down(false);
        assertThat(service.on("far").ping()).isTrue();
        assertThat(state()).isEqualTo("OPEN");

        time.advance(Duration.ofMillis(10_001));
        assertThat(service.on("far").ping()).isTrue();

        assertThat(state()).isEqualTo("CLOSED");
    }

    @Test
    void it_is_over_as_soon_as_a_ping_is_answered_and_the_next_call_is_the_probe() {
        open();
        timer.advance(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo("OPEN");
        server.down(false);

        await().until(() -> {
            timer.advance(Duration.ofMillis(100));
            return !state().equals("OPEN");
        });

        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
        assertThat(state()).isEqualTo("CLOSED");
    }

    @Test
    void a_closed_service_asks_nothing() {
        open();
        service.close();
        server.down(false);

        timer.advance(Duration.ofMinutes(1));

        assertThat(state()).isEqualTo("OPEN");
    }

    @Test
    void without_a_breaker_every_call_is_made() {
        SwitchedBytes alone = new SwitchedBytes();
        try (CacheService unguarded = builder()
                .backend("far", alone.asBackend(time.source()))
                .circuitBreaker(null)
                .build()) {
            alone.down(true);
            Cache<String> other = unguarded.cache("c", String.class);
            for (int i = 0; i < 30; i++) {
                other.lookup("k");
            }

            assertThat(other.stats().breakerOpen()).isZero();
            assertThat(other.stats().errors()).isEqualTo(30);
            assertThat(unguarded.backends().get("far").circuitBreaker()).isNull();
        }
    }

    @Test
    void settings_of_ones_own_decide_when_it_opens() {
        SwitchedBytes alone = new SwitchedBytes();
        try (CacheService touchy = builder()
                .backend("far", alone.asBackend(time.source()))
                .circuitBreaker(CircuitBreakerSettings.DEFAULT.window(2))
                .build()) {
            alone.down(true);
            touchy.cache("c", String.class).lookup("k");

            assertThat(touchy.backends().get("far").circuitBreaker()).isEqualTo("OPEN");
        }
    }
}
