package io.lexigram.cache.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis that is stopped, killed and started anew under two processes that go on. */
class RedisOutageIT {

    /** A short time that the breaker is open, and an answer that no busy machine takes for slow. */
    private static final CircuitBreakerSettings SETTINGS =
            CircuitBreakerSettings.DEFAULT.slowCall(Duration.ofSeconds(30)).openFor(Duration.ofMillis(300));

    private static RedisServer redis;

    private final List<CacheService> services = new ArrayList<>();
    private CacheService node;
    private Cache<String> cache;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void openNode() {
        redis.restart();
        node = node(SETTINGS, Duration.ofSeconds(2));
        cache = node.cache("c", String.class);
        await().ignoreExceptions().until(node::ping);
        cache.put("k", "stored");
        assertThat(cache.get("k")).isEqualTo("stored");
    }

    @AfterEach
    void closeNodes() {
        services.forEach(CacheService::close);
    }

    private CacheService node(CircuitBreakerSettings settings, Duration deadline) {
        return node(settings, deadline, event -> {});
    }

    private CacheService node(CircuitBreakerSettings settings, Duration deadline, CacheEventListener listener) {
        KeyCodec keys = new KeyCodec("outage");
        RedisBackend backend = RedisBackend.connectingTo(
                RedisSettings.builder().url(redis.getUri()).build(),
                keys,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        CacheService service = LexigramCache.builder()
                .codec(new JsonCodec())
                .listener(listener)
                .backend("redis", new EncodedBackend(backend, keys, deadline, TimeSource.SYSTEM))
                .circuitBreaker(settings)
                .build();
        services.add(service);
        return service;
    }

    private static String state(CacheService service) {
        return service.backends().get("redis").circuitBreaker();
    }

    private void callUntilOpen(CacheService service) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            service.cache("c", String.class).lookup("k");
            return state(service).equals("OPEN");
        });
    }

    private void callUntilClosed() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            cache.lookup("k");
            return state(node).equals("CLOSED");
        });
    }

    @Test
    void a_server_that_is_killed_opens_it_and_one_that_is_back_empty_closes_it() {
        redis.stop();
        callUntilOpen(node);
        assertThat(cache.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.stats().misses()).isZero();

        redis.restart();
        callUntilClosed();

        await().until(() -> cache.lookup("k") instanceof Lookup.Miss);
        cache.put("k", "anew");
        assertThat(cache.get("k")).isEqualTo("anew");
    }

    /** Time-outs, which a stopped server gives, open it as well; the stopped one still has what was invalidated meanwhile. */
    @Test
    void a_server_that_is_frozen_opens_it_and_loses_no_invalidation() {
        CacheService hasty = node(SETTINGS.window(2), Duration.ofMillis(250));
        Cache<String> other = hasty.cache("c", String.class);
        await().until(() -> "stored".equals(other.get("k")));
        redis.pause();
        try {
            callUntilOpen(hasty);
            other.delete("k");
            other.put("p", "unknown");
            assertThat(hasty.metrics().pendingInvalidations()).isEqualTo(2);
            assertThat(other.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
            assertThat(other.lookup("other"))
                    .isInstanceOfSatisfying(Lookup.Failed.class, failed -> assertThat(failed.cause())
                            .isInstanceOf(io.lexigram.cache.CacheBackendException.class));
        } finally {
            redis.resume();
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> hasty.metrics().pendingInvalidations() == 0);

        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
        assertThat(cache.lookup("p")).isInstanceOf(Lookup.Miss.class);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            other.lookup("k");
            return state(hasty).equals("CLOSED");
        });
    }

    /** A caller would be let through after ten minutes. */
    @Test
    void no_caller_has_to_find_out_that_the_server_is_back() {
        CacheService patient = node(SETTINGS.openFor(Duration.ofMinutes(10)), Duration.ofSeconds(2));
        redis.stop();
        callUntilOpen(patient);
        redis.restart();

        await().atMost(Duration.ofMinutes(1)).until(() -> state(patient).equals("HALF_OPEN"));

        assertThat(patient.cache("c", String.class).lookup("k")).isInstanceOf(Lookup.Miss.class);
        assertThat(state(patient)).isEqualTo("CLOSED");
    }

    @Test
    void callers_of_an_open_breaker_are_told_apart_from_those_of_a_failing_server() {
        CacheService patient = node(SETTINGS.openFor(Duration.ofMinutes(10)), Duration.ofSeconds(2));
        redis.stop();
        callUntilOpen(patient);
        Cache<String> other = patient.cache("c", String.class);

        assertThat(other.lookup("k")).isInstanceOfSatisfying(Lookup.Failed.class, failed -> assertThat(failed.cause())
                .isExactlyInstanceOf(CacheCircuitOpenException.class));
        assertThat(other.stats().breakerOpen()).isPositive();
        assertThat(other.stats().errors()).isGreaterThan(other.stats().breakerOpen());
    }

    @Test
    void processes_that_share_their_state_open_and_recover_together() {
        CircuitBreakerSettings shared =
                SETTINGS.openFor(Duration.ofMinutes(10)).sharing(CircuitBreakerSettings.Sharing.DEFAULT);
        CacheService one = node(shared.window(2).slowCall(Duration.ofMillis(1)), Duration.ofSeconds(2));
        List<State> told = new CopyOnWriteArrayList<>();
        CacheService two = node(shared, Duration.ofSeconds(2), event -> {
            if (event instanceof CacheEvent.CircuitBreakerChanged change) {
                told.add(change.to());
            }
        });
        await().until(() -> "stored".equals(two.cache("c", String.class).get("k")));

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            slowCall(one);
            return state(one).equals("OPEN");
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> told.contains(State.OPEN));

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            two.cache("c", String.class).lookup("k");
            return state(two).equals("CLOSED");
        });
    }

    /** A value that takes more than a millisecond on its way. */
    private static void slowCall(CacheService service) {
        service.cache("c", String.class).put("large", "x".repeat(20_000_000));
    }
}
