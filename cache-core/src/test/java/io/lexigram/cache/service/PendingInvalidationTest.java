package io.lexigram.cache.service;

import static io.lexigram.cache.service.EveryInvalidation.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Result;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invalidations while the backend is out of reach. */
class PendingInvalidationTest {

    private final FailingBackend backend = new FailingBackend();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CacheService service = LexigramCache.builder()
            .codec(NoCodec.INSTANCE)
            .defaultCodec("none")
            .backend("far", backend.asBackend())
            .scheduler(scheduler)
            .maxUndelivered(3)
            .build();
    private final Cache<String> cache =
            service.cache(CacheSpec.of("c", String.class).tags("t").build());

    @AfterEach
    void stop() {
        service.close();
        scheduler.shutdownNow();
    }

    /** Writes whose outcome is unknown count as invalidations. */
    static Stream<Arguments> invalidations() {
        return Stream.concat(
                EveryInvalidation.all(),
                Stream.of(
                        named("a put whose outcome is unknown", (service, cache) -> cache.put("k", "new")),
                        named("putMany", (service, cache) -> cache.putMany(Map.of("k", "new", "l", "new"))),
                        named("a version whose outcome is unknown", (service, cache) -> cache.versioned()
                                .set("k", "2", "new")),
                        named("a soft delete", (service, cache) -> cache.versioned()
                                .delete("k", false))));
    }

    /** The backend answers again before it was told: what it answers is outdated, and stays absent until it was. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    void whatCouldNotBeInvalidatedIsAbsentHereUntilTheBackendKnows(
            String name, java.util.function.BiConsumer<CacheService, Cache<String>> invalidation) {
        cache.versioned().set("k", "1", "old");
        backend.down(true);
        invalidation.accept(service, cache);
        assertThat(service.metrics().pendingInvalidations()).isPositive();

        backend.down(false);

        assertThat(cache.get("k")).isNull();
        assertThat(cache.versioned().get("k", "1")).isNull();
        assertThat(cache.getMany(List.of("k")).found()).isEmpty();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.lookup("k").isPresent()).isFalse();
        await().until(() -> service.metrics().pendingInvalidations() == 0);
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
        assertThat(cache.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("loaded");
    }

    @Test
    void theCallerMayKnowThatItIsPending() {
        cache.put("k", "old");
        backend.down(true);

        Result<Boolean> deleted = cache.results().delete("k");

        assertThat(deleted).isInstanceOfSatisfying(Result.Failure.class, failure -> assertThat(failure.cause())
                .isInstanceOfSatisfying(CacheInvalidationException.class, pending -> {
                    assertThat(pending.isPending()).isTrue();
                    assertThat(pending.keys()).containsExactly("k");
                    assertThat(pending).hasMessageContaining("pending");
                }));
        assertThat(cache.delete("k")).isFalse();
    }

    @Test
    void whatIsNotConcernedIsStillServed() {
        cache.put("other", "v");
        cache.put("k", "old");
        Consumer<Boolean> reachable = up -> backend.down(!up);
        reachable.accept(false);
        cache.delete("k");
        reachable.accept(true);

        assertThat(cache.get("other")).isEqualTo("v");
    }

    @Test
    void moreThanFitBecomeAnInvalidationOfTheWholeCacheAndNoneIsLost() {
        Cache<String> other = service.cache("other", String.class);
        other.put("kept", "v");
        cache.put("untouched", "v");
        for (int i = 0; i < 5; i++) {
            cache.put("k" + i, "old");
        }
        backend.down(true);
        for (int i = 0; i < 5; i++) {
            cache.delete("k" + i);
        }
        assertThat(service.metrics().pendingInvalidations()).isLessThanOrEqualTo(3);
        backend.down(false);

        for (int i = 0; i < 5; i++) {
            assertThat(cache.get("k" + i)).isNull();
        }
        await().until(() -> service.metrics().pendingInvalidations() == 0);
        assertThat(cache.getMany(List.of("k0", "k1", "k2", "k3", "k4", "untouched"))
                        .found())
                .isEmpty();
        assertThat(other.get("kept")).isEqualTo("v");
    }

    @Test
    void aLoadOfWhatIsPendingReachesItsCallerAndIsNotStoredAsIfTheBackendKnew() {
        cache.put("k", "old");
        backend.down(true);
        cache.delete("k");

        assertThat(cache.<RuntimeException>get("k", () -> "loaded")).isEqualTo("loaded");
        backend.down(false);
        await().until(() -> service.metrics().pendingInvalidations() == 0);

        assertThat(cache.get("k")).isNull();
    }
}
