package io.lexigram.cache.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEvent.Connected;
import io.lexigram.cache.event.CacheEvent.Disconnected;
import io.lexigram.cache.event.CacheEvent.Evicted;
import io.lexigram.cache.event.CacheEvent.Failed;
import io.lexigram.cache.event.CacheEvent.Hit;
import io.lexigram.cache.event.CacheEvent.Invalidated;
import io.lexigram.cache.event.CacheEvent.Invalidated.Scope;
import io.lexigram.cache.event.CacheEvent.Miss;
import io.lexigram.cache.event.CacheEvent.Put;
import io.lexigram.cache.event.CacheEvent.StaleServed;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.ConnectionListener;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.testing.ManualTime;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service tells its listeners, here at once. */
class CacheEventsTest {

    private final ManualTime time = new ManualTime();
    private final FailingBackend far = new FailingBackend();
    private final List<CacheEvent> events = new ArrayList<>();
    private final CacheService service = LexigramCache.builder()
            .codec(NoCodec.INSTANCE)
            .defaultCodec("none")
            .time(time.source())
            .backend(
                    "memory",
                    MemoryBackend.builder()
                            .time(time.source())
                            .executor(Runnable::run)
                            .build())
            .backend("far", far.asBackend())
            .defaultBackend("memory")
            .listener(events::add)
            .listenerExecutor(Runnable::run)
            .build();
    private final Cache<String> cache = service.cache(
            CacheSpec.of("c", String.class).ttl(Duration.ofMinutes(1)).jitter(0).build());

    @BeforeEach
    void forgetTheOpening() {
        events.clear();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void reads_are_hits_or_misses() {
        cache.put("1", "Ada");
        events.clear();

        cache.get("1");
        cache.get("2");
        cache.getMany(List.of("1", "2"));
        cache.exists("1");

        assertThat(events)
                .containsExactly(new Hit("c", "1"), new Miss("c", "2"), new Hit("c", "1"), new Miss("c", "2"));
    }

    @Test
    void versions_are_read_and_written_as_values_are() {
        cache.versioned().set("1", "7", "Ada");
        cache.versioned().get("1", "7");
        cache.versioned().get("1", "8");

        assertThat(events).containsExactly(new Put("c", "1"), new Hit("c", "1"), new Miss("c", "1"));
    }

    @Test
    void writes_and_fills_are_puts() {
        cache.put("1", "Ada");
        cache.putMany(Map.of("2", "Bob"));
        cache.putIfAbsent("3", "Cid");
        cache.putIfAbsent("3", "Dan");
        cache.get("4", () -> "Eve");
        cache.getAll(List.of("5"), keys -> Map.of("5", "Fay"));

        assertThat(events)
                .filteredOn(Put.class::isInstance)
                .containsExactly(
                        new Put("c", "1"), new Put("c", "2"), new Put("c", "3"), new Put("c", "4"), new Put("c", "5"));
    }

    @Test
    void a_value_that_was_not_stored_is_no_put() {
        Cache<String> remote =
                service.cache(CacheSpec.of("r", String.class).backend("far").build());
        far.down(true);
        events.clear();

        remote.put("1", "Ada");

        assertThat(events).hasOnlyElementsOfType(Failed.class).isNotEmpty();
    }

    @Test
    void invalidations_say_what_they_named() {
        cache.delete("1");
        cache.deleteMany(List.of("2"));
        cache.deletePattern("a*");
        cache.invalidateTags("t");
        cache.clear();
        service.invalidateTags("u");
        service.deletePattern("c:*");
        service.deleteNamespace("c");
        service.clear();

        assertThat(events)
                .containsExactly(
                        new Invalidated("c", Scope.KEY, "1"),
                        new Invalidated("c", Scope.KEY, "2"),
                        new Invalidated("c", Scope.PATTERN, "a*"),
                        new Invalidated("c", Scope.TAG, "t"),
                        new Invalidated("c", Scope.ALL, ""),
                        new Invalidated(null, Scope.TAG, "u"),
                        new Invalidated(null, Scope.PATTERN, "c:*"),
                        new Invalidated(null, Scope.NAMESPACE, "c"),
                        new Invalidated(null, Scope.ALL, ""));
    }

    @Test
    void an_invalidation_that_waits_for_its_backend_is_told_with_the_fault() {
        Cache<String> remote =
                service.cache(CacheSpec.of("r", String.class).backend("far").build());
        far.down(true);
        events.clear();

        remote.delete("1");

        assertThat(events)
                .hasExactlyElementsOfTypes(Failed.class, Invalidated.class)
                .contains(new Invalidated("r", Scope.KEY, "1"));
    }

    @Test
    void entries_leave_memory_for_four_causes() {
        Cache<String> one = service.cache(CacheSpec.of("one", String.class)
                .maxEntries(1)
                .ttl(Duration.ofSeconds(1))
                .jitter(0)
                .build());

        one.put("k", "v");
        one.put("k", "w");
        one.delete("k");
        one.put("e", "v");
        time.advance(Duration.ofSeconds(2));
        one.cleanupExpired();
        for (int i = 0; i < 3; i++) {
            one.put("s" + i, "v");
        }

        assertThat(events)
                .filteredOn(Evicted.class::isInstance)
                .extracting(event -> ((Evicted) event).cause())
                .startsWith(RemovalCause.REPLACED, RemovalCause.EXPLICIT, RemovalCause.EXPIRED, RemovalCause.SIZE);
    }

    @Test
    void faults_are_told_whether_or_not_the_caller_sees_them() {
        Cache<String> open =
                service.cache(CacheSpec.of("open", String.class).backend("far").build());
        Cache<String> closed = service.cache(CacheSpec.of("closed", String.class)
                .backend("far")
                .failOpen(false)
                .build());
        far.down(true);
        events.clear();

        assertThat(open.get("1")).isNull();
        assertThatThrownBy(() -> closed.get("2")).isInstanceOf(CacheConnectionException.class);
        service.on("far").invalidateTags("t");

        assertThat(events)
                .filteredOn(Failed.class::isInstance)
                .extracting(event -> ((Failed) event).cache(), event -> ((Failed) event).key())
                .containsExactly(tuple("open", "1"), tuple("closed", "2"), tuple(null, null));
    }

    @Test
    void an_outage_is_no_miss() {
        Cache<String> remote =
                service.cache(CacheSpec.of("r", String.class).backend("far").build());
        far.down(true);
        events.clear();

        remote.get("1");
        remote.lookup("1");

        assertThat(events).hasOnlyElementsOfType(Failed.class).hasSize(2);
    }

    @Test
    void a_value_that_stands_in_is_stale() {
        Cache<String> safe = service.cache(CacheSpec.of("safe", String.class)
                .ttl(Duration.ofSeconds(1))
                .jitter(0)
                .failSafe(new FailSafe(Duration.ofHours(1), Duration.ofSeconds(30)))
                .build());
        safe.put("1", "old");
        time.advance(Duration.ofSeconds(2));
        events.clear();

        assertThat(safe.<RuntimeException>get("1", () -> {
                    throw new IllegalStateException("no database");
                }))
                .isEqualTo("old");

        assertThat(events).contains(new Miss("safe", "1"), new StaleServed("safe", "1"));
    }

    @Test
    void a_backend_that_comes_and_goes_is_told_by_its_name() {
        ConnectionListener[] told = new ConnectionListener[1];
        CacheBackend target = MemoryBackend.builder().build();
        CacheBackend near = (CacheBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CacheBackend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("watch")) {
                        told[0] = (ConnectionListener) arguments[0];
                    }
                    return method.invoke(target, arguments);
                });
        CacheService watched = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("near", near)
                .listener(events::add)
                .listenerExecutor(Runnable::run)
                .build();

        told[0].disconnected();
        told[0].connected();

        assertThat(events).containsExactly(new Disconnected("near"), new Connected("near"));
        watched.close();
    }

    @Test
    void a_listener_that_fails_harms_no_caller() {
        CacheService broken = memory(event -> {
            throw new IllegalStateException("broken listener");
        });
        Cache<String> users = broken.cache("users", String.class);

        users.put("1", "Ada");

        assertThat(users.get("1")).isEqualTo("Ada");
        broken.close();
    }

    /** On the executor of the service the caller would run its listener here. */
    @Test
    void a_listener_is_never_called_by_the_caller_who_causes_the_event() {
        BlockingQueue<Thread> called = new LinkedBlockingQueue<>();
        CacheService busy = LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().build())
                .executor(Runnable::run)
                .listener(CacheEventListener.to(Miss.class, miss -> called.add(Thread.currentThread())))
                .build();

        busy.cache("users", String.class).get("1");

        await().until(() -> called.size() == 1);
        assertThat(called).doesNotContain(Thread.currentThread());
        busy.close();
    }

    /** The second measurement shows that the first one would find an event. */
    @Test
    void where_nobody_listens_to_hits_a_hit_makes_nothing() {
        AtomicLong heard = new AtomicLong();

        long unheard = bytesOfAHit(memory(CacheEventListener.to(Miss.class, miss -> heard.incrementAndGet())));
        long told = bytesOfAHit(memory(CacheEventListener.to(Hit.class, hit -> heard.incrementAndGet())));

        assertThat(unheard).isZero();
        assertThat(told).isPositive();
    }

    private static long bytesOfAHit(CacheService service) {
        Cache<String> users = service.cache("users", String.class);
        users.put("1", "Ada");
        read(users, 50_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(users, 50_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        service.close();
        return bytes / 50_000;
    }

    private static void read(Cache<String> users, int times) {
        for (int i = 0; i < times; i++) {
            if (users.get("1") == null) {
                throw new AssertionError("there is a value");
            }
        }
    }

    private static CacheService memory(CacheEventListener listener) {
        return LexigramCache.builder()
                .codec(NoCodec.INSTANCE)
                .defaultCodec("none")
                .backend("memory", MemoryBackend.builder().build())
                .listener(listener)
                .listenerExecutor(Runnable::run)
                .build();
    }

    @Test
    void a_pending_invalidation_of_a_cache_that_does_not_fail_open_is_thrown_and_told() {
        Cache<String> closed = service.cache(CacheSpec.of("closed", String.class)
                .backend("far")
                .failOpen(false)
                .build());
        far.down(true);
        events.clear();

        assertThatThrownBy(() -> closed.delete("1")).isInstanceOf(CacheInvalidationException.class);
        assertThatThrownBy(() ->
                        service.on("far").results().delete(CacheKey.of("2")).orElseThrow())
                .isInstanceOf(CacheInvalidationException.class);

        assertThat(events)
                .filteredOn(Invalidated.class::isInstance)
                .containsExactly(new Invalidated("closed", Scope.KEY, "1"), new Invalidated("_", Scope.KEY, "2"));
    }
}
