package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in for a load that fails or takes too long. */
class FailSafeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration THROTTLE = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CacheService service = LexigramCache.builder()
            .codec(NoCodec.INSTANCE)
            .defaultCodec("none")
            .backend("memory", MemoryBackend.builder().time(time.source()).build())
            .time(time.source())
            .executor(threads)
            .build();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void stop() {
        service.close();
        threads.shutdownNow();
    }

    @Test
    void anExpiredValueStandsInForALoadThatFailsAndTheNextLoadIsTriedAfterTheThrottle() {
        Cache<String> cache = expired("old");

        assertThat(cache.get("k", this::fails)).isEqualTo("old");
        assertThat(cache.get("k", this::fails)).isEqualTo("old");
        time.advance(THROTTLE.minusSeconds(1));
        assertThat(cache.get("k", this::fails)).isEqualTo("old");
        assertThat(loads).hasValue(1);

        time.advance(Duration.ofSeconds(2));
        assertThat(cache.get("k", this::fails)).isEqualTo("old");
        assertThat(loads).hasValue(2);
        assertThat(cache.stats().staleServed()).isEqualTo(2);
        assertThat(cache.stats().loadFailures()).isEqualTo(2);

        time.advance(MINUTE);
        assertThat(cache.<RuntimeException>get("k", () -> "new")).isEqualTo("new");
    }

    @Test
    void afterTheWindowTheFailureReachesTheCallerHoweverOftenTheValueStoodIn() {
        Cache<String> cache = expired("old");
        for (Duration passed = Duration.ZERO; passed.compareTo(WINDOW) < 0; passed = passed.plus(MINUTE)) {
            assertThat(cache.get("k", this::fails)).isEqualTo("old");
            time.advance(MINUTE);
        }

        assertThatThrownBy(() -> cache.get("k", this::fails)).hasMessage("the source is down");
    }

    @Test
    void withoutAnExpiredValueTheFailureReachesTheCaller() {
        Cache<String> cache = cache(null);

        assertThatThrownBy(() -> cache.get("k", this::fails)).hasMessage("the source is down");
        cache.put("k", "fresh");
        assertThat(cache.get("k", this::fails)).isEqualTo("fresh");
    }

    @Test
    void anErrorIsNoFailureThatAValueStandsInFor() {
        Cache<String> cache = expired("old");

        assertThatThrownBy(() -> cache.<RuntimeException>get("k", () -> {
                    throw new AssertionError("a bug");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anExpiredValueIsAbsentForAllButLoads() {
        Cache<String> cache = expired("old");

        assertThat(cache.get("k")).isNull();
        assertThat(cache.lookup("k")).isEqualTo(new Lookup.Stale<>("old"));
        assertThat(cache.getMany(List.of("k")).missing()).containsExactly("k");
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.ttl("k")).isEmpty();
        assertThat(cache.getEntry("k")).isEmpty();
        assertThat(cache.expire("k", MINUTE)).isFalse();
        assertThat(cache.keys("*")).isEmpty();
        assertThat(cache.stats().hits()).isZero();
        assertThat(cache.putIfAbsent("k", "new")).isTrue();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void removingAnExpiredValueCountsNothingAndRemovesIt() {
        Cache<String> cache = expired("old");

        assertThat(cache.delete("k")).isFalse();

        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    static Stream<Arguments> invalidations() {
        return Stream.of(
                invalidation("delete", cache -> cache.delete("k")),
                invalidation("deleteMany", cache -> cache.deleteMany(List.of("k"))),
                invalidation("deletePattern", cache -> cache.deletePattern("k*")),
                invalidation("invalidateTags", cache -> cache.invalidateTags("t")),
                invalidation("clear", Cache::clear));
    }

    private static Arguments invalidation(String name, Consumer<Cache<String>> invalidation) {
        return Arguments.of(name, invalidation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    void whatWasInvalidatedNeverStandsIn(String name, Consumer<Cache<String>> invalidation) {
        Cache<String> cache = expired("old");

        invalidation.accept(cache);

        assertThatThrownBy(() -> cache.get("k", this::fails)).hasMessage("the source is down");
    }

    /** FusionCache #648: a value that a group invalidation had hit came back as a fallback. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    void whatIsInvalidatedWhileTheLoadRunsDoesNotStandIn(String name, Consumer<Cache<String>> invalidation)
            throws Exception {
        Cache<String> cache = expired("old");
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> {
            loading.pass("v");
            throw new IOException("the source is down");
        }));
        loading.awaitArrival();

        invalidation.accept(cache);
        loading.open();

        assertThatThrownBy(caller::get).hasRootCauseMessage("the source is down");
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    /** A stand-in that were stored as if it were new would outlive the invalidation of its tags. */
    @Test
    void aValueThatStandsInKeepsItsTags() {
        Cache<String> cache = expired("old");
        assertThat(cache.get("k", this::fails)).isEqualTo("old");

        cache.invalidateTags("t");

        assertThat(cache.get("k")).isNull();
        assertThatThrownBy(() -> cache.get("k", this::fails)).hasMessage("the source is down");
    }

    @Test
    void callersWhoWaitForALoadThatFailsGetWhatStandsInToo() throws Exception {
        Cache<String> cache = expired("old");
        Gate loading = new Gate();
        Future<String> leader = threads.submit(() -> cache.get("k", () -> {
            loading.pass("v");
            throw new IOException("the source is down");
        }));
        loading.awaitArrival();
        Future<String> waiter = threads.submit(() -> cache.get("k", this::fails));
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);
        loading.open();

        assertThat(leader.get()).isEqualTo("old");
        assertThat(waiter.get()).isEqualTo("old");
        assertThat(loads).hasValue(0);
    }

    @Test
    void aCallerWhoIsOutOfPatienceGetsTheExpiredValueAndTheLateOneIsStored() throws Exception {
        Cache<String> cache = expired("old", new LoadTimeout(Duration.ofMillis(1), null));
        Gate loading = new Gate();

        assertThat(cache.get("k", () -> loading.pass("late"))).isEqualTo("old");
        assertThat(cache.stats().staleServed()).isEqualTo(1);
        loading.open();

        Awaitility.await().until(() -> "late".equals(cache.get("k")));
    }

    /** FusionCache #535 and #628: what completed in the background was stored as of its end, and an invalidation was lost. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidations")
    void aLateValueThatAnInvalidationOvertookIsNotStored(String name, Consumer<Cache<String>> invalidation)
            throws Exception {
        Cache<String> cache = expired("old", new LoadTimeout(Duration.ofMillis(1), null));
        Gate loading = new Gate();
        assertThat(cache.get("k", () -> loading.pass("late"))).isEqualTo("old");

        invalidation.accept(cache);
        loading.open();

        Awaitility.await().until(() -> cache.stats().loads() == 1);
        assertThat(cache.lookup("k")).isInstanceOf(Lookup.Miss.class);
    }

    @Test
    void aThreadThatMustDoItItselfLoadsToTheEndWhateverTheTimeouts() {
        try (CacheService bound = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().build())
                .executor(task -> {
                    throw new AssertionError("nobody else may do it");
                })
                .boundToThread(() -> true)
                .build()) {
            LoadTimeout tiny = new LoadTimeout(Duration.ofNanos(1), Duration.ofNanos(2));
            Cache<Thread> cache = bound.cache(
                    CacheSpec.of("threads", Thread.class).loadTimeout(tiny).build());

            assertThat(cache.<RuntimeException>get("k", Thread::currentThread)).isSameAs(Thread.currentThread());
        }
    }

    @Test
    void withoutAnExpiredValueTheSoftTimeoutWaits() throws Exception {
        Cache<String> cache = cache(new LoadTimeout(Duration.ofMillis(1), null));
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> loading.pass("v")));
        loading.awaitArrival();
        loading.open();

        assertThat(caller.get()).isEqualTo("v");
    }

    @Test
    void aCallerWhoWasServedTheStaleValueMayAskAgainBeforeItsLoadHasBegun() {
        try (CacheService busy = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().time(time.source()).build())
                .time(time.source())
                .executor(task -> {})
                .protection(
                        Protection.DEFAULT.maxWait(Duration.ofMillis(1)).onWaitTimeout(Protection.OnWaitTimeout.STALE))
                .build()) {
            Cache<String> cache = busy.cache(CacheSpec.of("c", String.class)
                    .ttl(MINUTE)
                    .failSafe(new FailSafe(WINDOW, THROTTLE))
                    .loadTimeout(new LoadTimeout(Duration.ofMillis(1), null))
                    .build());
            cache.put("k", "old");
            time.advance(MINUTE.plusSeconds(1));

            assertThat(cache.<RuntimeException>get("k", () -> "new")).isEqualTo("old");
            assertThat(cache.<RuntimeException>get("k", () -> "new")).isEqualTo("old");
        }
    }

    @Test
    void theHardTimeoutFailsInWordsAndTheValueThatComesLaterIsDropped() throws Exception {
        Cache<String> cache = cache(new LoadTimeout(null, Duration.ofMillis(1)));
        Gate loading = new Gate();

        assertThatThrownBy(() -> cache.get("k", () -> loading.pass("late")))
                .isInstanceOf(CacheTimeoutException.class)
                .hasMessageContaining("longer than PT0.001S")
                .hasMessageContaining("load-timeout.hard");
        loading.open();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(cache.get("k")).isNull();
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
    }

    @Test
    void anExpiredValueStandsInForALoadThatIsTooLong() throws Exception {
        Cache<String> cache = expired("old", new LoadTimeout(null, Duration.ofMillis(1)));
        Gate loading = new Gate();

        assertThat(cache.get("k", () -> loading.pass("late"))).isEqualTo("old");
        loading.open();
    }

    /** The loader runs on another thread then: the flight must know it, or the load would wait for itself. */
    @Test
    void aLoaderThatAsksForItsOwnKeyIsRefusedUnderATimeoutToo() {
        Cache<String> cache = cache(new LoadTimeout(null, Duration.ofSeconds(30)));

        assertThatThrownBy(() -> cache.<RuntimeException>get("k", () -> cache.get("k", this::fails)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asks for that same key");
    }

    @Test
    void anInterruptOfACallerUnderATimeoutIsItsOwn() throws Exception {
        Cache<String> cache = cache(new LoadTimeout(null, Duration.ofSeconds(30)));
        Gate loading = new Gate();
        AtomicInteger interrupted = new AtomicInteger();
        Future<String> caller = threads.submit(() -> {
            Thread.currentThread().interrupt();
            String value = cache.get("k", () -> Thread.currentThread().isInterrupted() ? "own" : loading.pass("v"));
            interrupted.set(Thread.interrupted() ? 1 : 0);
            return value;
        });

        assertThat(caller.get()).isEqualTo("own");
        assertThat(interrupted).hasValue(1);
        loading.open();
    }

    private String fails() {
        loads.incrementAndGet();
        throw new IllegalStateException("the source is down");
    }

    private Cache<String> expired(String value) {
        return expired(value, null);
    }

    private Cache<String> expired(String value, LoadTimeout timeout) {
        Cache<String> cache = cache(timeout);
        cache.put("k", value);
        time.advance(MINUTE.plusMillis(1));
        return cache;
    }

    private Cache<String> cache(LoadTimeout timeout) {
        CacheSpec.Builder<String> spec = CacheSpec.of("c", String.class)
                .ttl(MINUTE)
                .jitter(0)
                .tags("t")
                .failSafe(new FailSafe(WINDOW, THROTTLE));
        return service.cache((timeout == null ? spec : spec.loadTimeout(timeout)).build());
    }
}
