package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CacheStampedeException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.backend.memory.MemoryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The interleavings of loads, writes and invalidations in one process. */
class FencedLoadTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PausingBackend backend =
            new PausingBackend(MemoryBackend.builder().build());
    private final CacheService service = service(Protection.DEFAULT);
    private final Cache<String> cache =
            service.cache(CacheSpec.of("c", String.class).tags("t").build());

    @AfterEach
    void stop() {
        service.close();
        threads.shutdownNow();
    }

    static Stream<Arguments> overtaking() {
        return Stream.of(
                overtaking("delete", cache -> cache.delete("k")),
                overtaking("deleteMany", cache -> cache.deleteMany(List.of("k"))),
                overtaking("deletePattern", cache -> cache.deletePattern("k*")),
                overtaking("invalidateTags", cache -> cache.invalidateTags("t")),
                overtaking("clear", Cache::clear));
    }

    private static Arguments overtaking(String name, Consumer<Cache<String>> invalidation) {
        return Arguments.of(name, invalidation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overtaking")
    void aLoadThatAnInvalidationOvertakesAnswersItsCallersAndStoresNothing(
            String name, Consumer<Cache<String>> invalidation) throws Exception {
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> loading.pass("old")));
        loading.awaitArrival();

        invalidation.accept(cache);
        assertThat(cache.<RuntimeException>get("k", () -> "new")).isEqualTo("new");
        loading.open();

        assertThat(caller.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overtaking")
    void anInvalidationThatMeetsAFillRemovesWhatItStored(String name, Consumer<Cache<String>> invalidation)
            throws Exception {
        Gate storing = backend.pauseNextWrite();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> "old"));
        storing.awaitArrival();

        Future<?> invalidating = threads.submit(() -> invalidation.accept(cache));
        Awaitility.await().until(() -> waitsForAFill());
        storing.open();
        invalidating.get();

        assertThat(caller.get()).isEqualTo("old");
        assertThat(cache.get("k")).isNull();
    }

    /** Two invalidations meet one fill: the one that comes second has to wait for it as well. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("overtaking")
    void ofTwoInvalidationsThatMeetAFillNeitherReturnsBeforeIt(String name, Consumer<Cache<String>> invalidation)
            throws Exception {
        Gate storing = backend.pauseNextWrite();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> "old"));
        storing.awaitArrival();
        Future<?> first = threads.submit(() -> cache.delete("k"));
        Awaitility.await().until(() -> waitingForAFill() == 1);

        Future<?> second = threads.submit(() -> invalidation.accept(cache));
        Awaitility.await().until(() -> second.isDone() || waitingForAFill() == 2);

        assertThat(second.isDone()).isFalse();
        storing.open();
        first.get();
        second.get();
        assertThat(caller.get()).isEqualTo("old");
        assertThat(cache.get("k")).isNull();
    }

    /** The load reads the old value between the first revocation and the removal, and is still under way afterwards. */
    @Test
    void aLoadThatReadTheOldValueDuringAnInvalidationIsNotJoinedAfterIt() throws Exception {
        Gate missing = backend.pauseAfterNext("read");
        Future<String> during = threads.submit(() -> cache.get("k", () -> "loaded"));
        missing.awaitArrival();
        cache.put("k", "old");
        Gate secondLook = backend.pauseAfterNext("read");
        Gate removing = backend.pauseBeforeNext("remove");
        Future<?> invalidating = threads.submit(() -> cache.delete("k"));
        removing.awaitArrival();
        missing.open();
        secondLook.awaitArrival();
        removing.open();
        invalidating.get();

        Future<String> afterwards = threads.submit(() -> cache.get("k", () -> "new"));
        Awaitility.await().until(() -> afterwards.isDone() || cache.stats().coalesced() > 0);
        secondLook.open();

        assertThat(during.get()).isEqualTo("old");
        assertThat(afterwards.get()).isEqualTo("new");
    }

    @Test
    void anInvalidationAcrossAllCachesOvertakesToo() throws Exception {
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> loading.pass("old")));
        loading.awaitArrival();

        service.invalidateTags("t");
        loading.open();

        assertThat(caller.get()).isEqualTo("old");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aTagThatTheLoadDecidesIsJudgedFromTheBeginningOfTheLoad() throws Exception {
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.<Exception>get("k", context -> {
            context.tags("late");
            return loading.pass("old");
        }));
        loading.awaitArrival();

        cache.invalidateTags("late");
        loading.open();

        assertThat(caller.get()).isEqualTo("old");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void aLoadIsNotJoinedAfterAnInvalidationOfATagItMayTurnOutToCarry() throws Exception {
        Gate loading = new Gate();
        Future<String> early = threads.submit(() -> cache.get("k", () -> loading.pass("old")));
        loading.awaitArrival();

        cache.invalidateTags("any");
        String late = cache.<RuntimeException>get("k", () -> "new");
        loading.open();

        assertThat(late).isEqualTo("new");
        assertThat(early.get()).isEqualTo("old");
    }

    @Test
    void aPutDuringALoadStays() throws Exception {
        Gate loading = new Gate();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> loading.pass("loaded")));
        loading.awaitArrival();

        cache.put("k", "put");
        loading.open();

        assertThat(caller.get()).isEqualTo("loaded");
        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aPutThatMeetsAFillComesLast() throws Exception {
        Gate storing = backend.pauseNextWrite();
        Future<String> caller = threads.submit(() -> cache.get("k", () -> "loaded"));
        storing.awaitArrival();

        Future<?> putting = threads.submit(() -> cache.put("k", "put"));
        Awaitility.await().until(() -> waitsForAFill());
        storing.open();
        putting.get();
        caller.get();

        assertThat(cache.get("k")).isEqualTo("put");
    }

    @Test
    void aBatchThatAnInvalidationOvertakesStoresTheOtherKeysOnly() throws Exception {
        Gate loading = new Gate();
        Future<?> caller = threads.submit(() -> cache.<Exception>getAll(List.of("a", "b"), keys -> {
            loading.pass("");
            return Map.of("a", "1", "b", "2");
        }));
        loading.awaitArrival();

        cache.delete("a");
        loading.open();
        caller.get();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isEqualTo("2");
    }

    @Test
    void anAsynchronousLoadIsFencedToo() {
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> caller =
                cache.async().get("k", context -> loading).toCompletableFuture();

        cache.delete("k");
        loading.complete("old");

        assertThat(caller).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("old");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void blockingAndAsynchronousCallersShareOneLoad() throws Exception {
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> async =
                cache.async().get("k", context -> loading).toCompletableFuture();
        Future<String> blocking = threads.submit(() -> cache.get("k", () -> "another load"));
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);

        loading.complete("one load");

        assertThat(async).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("one load");
        assertThat(blocking.get()).isEqualTo("one load");
    }

    @Test
    void waitersAreReleasedBeforeTheValueIsStored() throws Exception {
        Gate loading = new Gate();
        Gate storing = backend.pauseNextWrite();
        Future<String> leader = threads.submit(() -> cache.get("k", () -> loading.pass("v")));
        loading.awaitArrival();
        Future<String> waiter = threads.submit(() -> cache.get("k", () -> "another load"));
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);

        loading.open();
        storing.awaitArrival();

        assertThat(waiter.get()).isEqualTo("v");
        assertThat(leader.isDone()).isFalse();
        storing.open();
        assertThat(leader.get()).isEqualTo("v");
    }

    @Test
    void waitersShareTheFailureOfTheLoad() throws Exception {
        Gate loading = new Gate();
        Exception failure = new Exception("no database");
        Callable<String> load = () -> cache.get("k", () -> {
            loading.pass("");
            throw failure;
        });
        Future<String> leader = threads.submit(load);
        loading.awaitArrival();
        Future<String> waiter = threads.submit(load);
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);
        loading.open();

        assertThatThrownBy(leader::get).hasCause(failure);
        assertThatThrownBy(waiter::get).hasCause(failure);
        assertThat(cache.stats().loads()).isEqualTo(1);
    }

    @Test
    void anInterruptedWaiterLoadsItselfAndStaysInterrupted() throws Exception {
        Gate loading = new Gate();
        Future<String> leader = threads.submit(() -> cache.get("k", () -> loading.pass("led")));
        loading.awaitArrival();
        List<Object> seen = new ArrayList<>();
        Thread waiter = new Thread(() -> {
            seen.add(cache.<RuntimeException>get("k", () -> "own"));
            seen.add(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);

        waiter.interrupt();
        waiter.join();
        loading.open();

        assertThat(seen).containsExactly("own", true);
        assertThat(leader.get()).isEqualTo("led");
    }

    @Test
    void anInterruptedLeaderHandsTheLoadToAWaiter() throws Exception {
        Gate loading = new Gate();
        Thread leader = new Thread(() -> {
            try {
                cache.get("k", () -> loading.pass("led"));
            } catch (Exception expected) {
                Thread.currentThread().interrupt();
            }
        });
        leader.start();
        loading.awaitArrival();
        Future<String> waiter = threads.submit(() -> cache.get("k", () -> "own"));
        Awaitility.await().until(() -> cache.stats().coalesced() == 1);

        leader.interrupt();

        assertThat(waiter.get()).isEqualTo("own");
        leader.join();
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyIsToldSo() {
        assertThatThrownBy(() -> cache.get("k", () -> cache.<RuntimeException>get("k", () -> "inner")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'k'")
                .hasMessageContaining("'c'");
    }

    @Test
    void callersOfAnotherTypeDoNotShareALoad() throws Exception {
        Gate loading = new Gate();
        Future<String> text = threads.submit(() -> cache.get("k", () -> loading.pass("text")));
        loading.awaitArrival();

        Integer number =
                service.cache("c", Integer.class).<RuntimeException>get("k", () -> 1, CallOptions.NONE.tags("t"));
        loading.open();

        assertThat(number).isEqualTo(1);
        assertThat(text.get()).isEqualTo("text");
    }

    @Test
    void anUnprotectedCallerLoadsBesideTheOthers() throws Exception {
        Gate loading = new Gate();
        Future<String> led = threads.submit(() -> cache.get("k", () -> loading.pass("led")));
        loading.awaitArrival();

        String own = cache.<RuntimeException>get("k", () -> "own", CallOptions.NONE.unprotected());
        loading.open();

        assertThat(own).isEqualTo("own");
        assertThat(led.get()).isEqualTo("led");
    }

    @Test
    void whoWaitsTooLongWithoutBlockingIsRefusedLikewise() throws Exception {
        CacheService strict =
                service(Protection.DEFAULT.maxWait(Duration.ofMillis(1)).onWaitTimeout(Protection.OnWaitTimeout.FAIL));
        Cache<String> impatient = strict.cache("c", String.class);
        Gate loading = new Gate();
        Future<String> led = threads.submit(() -> impatient.get("k", () -> loading.pass("v")));
        loading.awaitArrival();

        CompletableFuture<String> refused = impatient
                .async()
                .get("k", context -> CompletableFuture.completedFuture("own"))
                .toCompletableFuture();

        assertThatThrownBy(refused::get).hasCauseInstanceOf(CacheStampedeException.class);
        loading.open();
        assertThat(led.get()).isEqualTo("v");
        strict.close();
    }

    @Test
    void whoWaitsTooLongTakesTheStaleValueWhereThePolicySaysSo() throws Exception {
        CacheService lenient =
                service(Protection.DEFAULT.maxWait(Duration.ofMillis(1)).onWaitTimeout(Protection.OnWaitTimeout.STALE));
        Cache<String> cache = lenient.cache(CacheSpec.of("s", String.class)
                .ttl(Duration.ofMillis(1))
                .jitter(0)
                .failSafe(FailSafe.DEFAULT)
                .build());
        cache.put("k", "old");
        Awaitility.await().until(() -> cache.lookup("k") instanceof Lookup.Stale);
        Gate loading = new Gate();
        Future<String> led = threads.submit(() -> cache.get("k", () -> loading.pass("v")));
        loading.awaitArrival();

        assertThat(cache.<RuntimeException>get("k", () -> "own")).isEqualTo("old");
        assertThat(cache.async()
                        .get("k", context -> CompletableFuture.completedFuture("own"))
                        .toCompletableFuture()
                        .get())
                .isEqualTo("old");
        loading.open();
        assertThat(led.get()).isEqualTo("v");
        lenient.close();
    }

    @Test
    void whoWaitsTooLongIsRefusedWhereThePolicySaysSo() throws Exception {
        CacheService strict =
                service(Protection.DEFAULT.maxWait(Duration.ofMillis(1)).onWaitTimeout(Protection.OnWaitTimeout.FAIL));
        Cache<String> impatient = strict.cache("c", String.class);
        Gate loading = new Gate();
        Future<String> led = threads.submit(() -> impatient.get("k", () -> loading.pass("led")));
        loading.awaitArrival();

        assertThatThrownBy(() -> impatient.get("k", () -> "own"))
                .isInstanceOf(CacheStampedeException.class)
                .hasMessageContaining("PT0.001S");
        loading.open();
        led.get();
    }

    @Test
    void whoWaitsTooLongLoadsItselfOtherwise() throws Exception {
        CacheService patient = service(Protection.DEFAULT.maxWait(Duration.ofMillis(1)));
        Cache<String> impatient = patient.cache("c", String.class);
        Gate loading = new Gate();
        Future<String> led = threads.submit(() -> impatient.get("k", () -> loading.pass("led")));
        loading.awaitArrival();

        assertThat(impatient.<RuntimeException>get("k", () -> "own")).isEqualTo("own");
        loading.open();
        led.get();
    }

    @Test
    void aReservationIsLostWithAnInvalidationAndWithAPut() {
        try (Reservation<String> deleted = cache.reserve("a");
                Reservation<String> overwritten = cache.reserve("b");
                Reservation<String> kept = cache.reserve("c")) {
            cache.delete("a");
            cache.put("b", "put");

            assertThat(deleted.put("late", CallOptions.NONE)).isFalse();
            assertThat(overwritten.put("late", CallOptions.NONE)).isFalse();
            assertThat(kept.put("late", CallOptions.NONE)).isTrue();
        }
        assertThat(cache.getMany(List.of("a", "b", "c")).found()).isEqualTo(Map.of("b", "put", "c", "late"));
    }

    @Test
    void twoHundredCallersOfOneMissingKeyMakeOneLoad() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(200);
        Gate loading = new Gate();
        List<Future<String>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            callers.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                return cache.get("k", () -> {
                    loads.incrementAndGet();
                    return loading.pass("v");
                });
            }));
        }
        loading.awaitArrival();
        Awaitility.await().until(() -> cache.stats().coalesced() == 199);
        loading.open();

        for (Future<String> caller : callers) {
            assertThat(caller.get()).isEqualTo("v");
        }
        assertThat(loads).hasValue(1);
    }

    private CacheService service(Protection protection) {
        return LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("pausing", backend.asBackend())
                .protection(protection)
                .executor(threads)
                .build();
    }

    private static boolean waitsForAFill() {
        return waitingForAFill() > 0;
    }

    private static long waitingForAFill() {
        return Thread.getAllStackTraces().values().stream()
                .filter(frames -> Stream.of(frames)
                        .anyMatch(frame -> frame.getMethodName().equals("awaitFill")))
                .count();
    }
}
