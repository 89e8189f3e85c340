package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.resilience.CircuitBreakerSettings;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every law is written in: a service on the backend under test, which throws what goes wrong instead of failing open.
 * After each law no fault may have been counted but those it announced, no load may have been left under way, and every key
 * that is listed must have an entry.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NamingTheBackend.class)
abstract class Laws {

    /** The partition of the service under test. */
    static final String HERE = "here";

    static final CallOptions DEFAULTS = CallOptions.NONE;

    private static final int MAX_FLIGHTS = 100;
    private static final int LISTED_KEYS = 50;

    private final List<CacheService> opened = new ArrayList<>();

    BackendFixture fixture;
    CacheService service;

    /** The cache {@code texts}, whose entries live five minutes. */
    Cache<String> texts;

    /** How many faults the law brings about on purpose. */
    long announcedErrors;

    /** Whether the law was found broken: what is left is then of no interest. */
    boolean broken;

    abstract BackendFixture fixture();

    @BeforeEach
    void openService() {
        fixture = fixture();
        service = node(HERE);
        texts = cache("texts", String.class);
    }

    @AfterEach
    void checkAndClose() {
        try {
            if (service != null && !broken) {
                checkWhatIsLeft();
            }
        } finally {
            opened.forEach(CacheService::close);
            fixture.close();
        }
    }

    private void checkWhatIsLeft() {
        assertThat(service.stats().errors()).as("faults that were counted").isEqualTo(announcedErrors);
        if (fixture.countsLoads()) {
            await("loads under way").untilAsserted(this::assertNoFlightIsLeft);
        }
        if (fixture.capabilities().contains(Capability.KEY_SCAN)) {
            try (Stream<CacheKey> keys = service.keys("*")) {
                assertThat(keys.limit(LISTED_KEYS).filter(key -> !service.exists(key)))
                        .as("keys that are listed and have no entry")
                        .isEmpty();
            }
        }
    }

    private void assertNoFlightIsLeft() {
        List<Reservation<String>> all = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_FLIGHTS; i++) {
                all.add(texts.reserve("reserved" + i));
            }
            assertThat(all.get(MAX_FLIGHTS - 1).put("", DEFAULTS))
                    .as("room for the last reservation")
                    .isTrue();
        } finally {
            all.forEach(Reservation::close);
        }
    }

    /** A service on a partition; another one on the same partition is another node, where the store is shared. */
    CacheService node(String partition) {
        return service(builder -> builder.backend("primary", fixture.open(partition)));
    }

    /** A service whose backend is wrapped. */
    CacheService on(UnaryOperator<CacheBackend> wrapping) {
        return service(builder -> builder.backend("primary", wrapping.apply(fixture.open(HERE))));
    }

    /** A busy machine is no reason to refuse calls. */
    CacheService service(UnaryOperator<LexigramCache.Builder> settings) {
        LexigramCache.Builder builder = LexigramCache.builder()
                .codec(new JsonCodec())
                .time(fixture.time())
                .executor(Together.THREADS)
                .random(() -> 0.0)
                .maxFlights(MAX_FLIGHTS)
                .circuitBreaker(CircuitBreakerSettings.DEFAULT.slowCall(Duration.ofMinutes(1)))
                .failOpen(false);
        CacheService built = fixture.build(settings.apply(builder));
        opened.add(built);
        return built;
    }

    <V> Cache<V> cache(String name, Class<V> type) {
        return cache(name, TypeRef.of(type));
    }

    <V> Cache<V> cache(String name, TypeRef<V> type) {
        return service.cache(CacheSpec.of(name, type).jitter(0).build());
    }

    /** Skips the law where the backend cannot do what it is about. */
    void needs(Capability... needed) {
        for (Capability capability : needed) {
            assumeTrue(
                    fixture.capabilities().contains(capability), () -> fixture.name() + " has no " + capability + ".");
        }
    }

    /** Waits for a condition, and looks again at once: there are hundreds of laws. */
    static ConditionFactory await(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** A lifetime that is worth waiting for. */
    Duration shortLife() {
        return fixture.capabilities().contains(Capability.MILLISECOND_TTL)
                ? Duration.ofMillis(40)
                : Duration.ofSeconds(1);
    }

    /** Lets the rest of an entry's life pass: at once where time can be moved. */
    void awaitEnd(Cache<?> cache, String key, Duration life) {
        if (fixture.capabilities().contains(Capability.MANUAL_CLOCK)) {
            fixture.advance(life);
            assertThat(cache.exists(key)).as("%s is there after its end", key).isFalse();
        } else {
            await("the end of " + key).until(() -> !cache.exists(key));
        }
    }

    static Set<String> keysOf(Cache<?> cache, String pattern) {
        try (Stream<String> keys = cache.keys(pattern)) {
            return keys.collect(Collectors.toSet());
        }
    }

    static Set<CacheKey> keysOf(CacheService service, String pattern) {
        try (Stream<CacheKey> keys = service.keys(pattern)) {
            return keys.collect(Collectors.toSet());
        }
    }
}
