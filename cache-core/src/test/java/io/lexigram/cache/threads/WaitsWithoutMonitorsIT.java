package io.lexigram.cache.threads;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread that waits for a server, for a loader or for another thread's load holds no monitor. Before JDK 24 one would pin a virtual
 * thread to its carrier, and on any JDK it would keep other callers waiting.
 */
class WaitsWithoutMonitorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Thread> callers = new LinkedHashMap<>();

    @ParameterizedTest
    @EnumSource
    void while_they_wait_for_a_server(Place place) throws InterruptedException {
        try (Frozen server = Frozen.start(place);
                CacheService service = place.service(server.address())) {
            Operations operations = new Operations(service, place != Place.MEMCACHED);
            operations.all().values().forEach(Runnable::run);
            server.pausing().run();
            try {
                Operations others = new Operations(service, place != Place.MEMCACHED);
                others.all().forEach((name, operation) -> call(name, operation::run));
                awaitWaiting();

                assertThat(held()).isEmpty();
            } finally {
                server.resuming().run();
                awaitEnds();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_a_loader_runs_and_others_wait_for_it(Place place) throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        try (Frozen server = Frozen.start(place);
                CacheService service = place.service(server.address())) {
            Cache<String> cache = service.cache("threads", String.class);
            try {
                call("leader", () -> cache.<InterruptedException>get("key", () -> wait(loading)));
                call("waiter", () -> cache.<InterruptedException>get("key", () -> wait(loading)));
                awaitWaiting();

                assertThat(held()).isEmpty();
            } finally {
                loading.countDown();
                awaitEnds();
            }
        }
    }

    /** The proof that a monitor is seen. */
    @Test
    void unless_the_caller_itself_has_entered_one() throws InterruptedException {
        Object monitor = new Object();
        CountDownLatch loading = new CountDownLatch(1);
        try (Frozen server = Frozen.start(Place.REDIS);
                CacheService service = Place.REDIS.service(server.address())) {
            Cache<String> cache = service.cache("threads", String.class);
            try {
                call("leader", () -> {
                    synchronized (monitor) {
                        cache.<InterruptedException>get("key", () -> wait(loading));
                    }
                });
                awaitWaiting();

                assertThat(held()).singleElement().asString().startsWith("leader holds [java.lang.Object ");
            } finally {
                loading.countDown();
                awaitEnds();
            }
        }
    }

    private static String wait(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return "value";
    }

    private interface Call {
        void run() throws Exception;
    }

    private void call(String name, Call operation) {
        Thread caller = new Thread(
                () -> {
                    try {
                        operation.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(name + " failed", e);
                    }
                },
                name);
        callers.put(name, caller);
        caller.start();
    }

    private void awaitWaiting() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(callers.values())
                .filteredOn(not(WaitsWithoutMonitorsIT::waits))
                .isEmpty());
    }

    private void awaitEnds() throws InterruptedException {
        for (Thread caller : callers.values()) {
            caller.join(PATIENCE.toMillis());
        }
    }

    /** Parked, or in the system call that reads from a socket. */
    private static boolean waits(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getState() == State.RUNNABLE ? stack.length > 0 && stack[0].isNativeMethod() : thread.isAlive();
    }

    private List<String> held() {
        List<String> held = new ArrayList<>();
        callers.values().stream()
                .filter(not(caller -> Monitors.heldBy(caller).isEmpty()))
                .forEach(caller -> held.add(caller.getName() + " holds " + Monitors.heldBy(caller)));
        return held;
    }
}
