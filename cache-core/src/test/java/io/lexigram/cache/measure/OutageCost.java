package io.lexigram.cache.measure;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent.CircuitBreakerChanged;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What callers notice of a Redis that fails under them: prints a row per fault. Every setting is the default one. Four threads
 * read through, a millisecond after each other; a healthy time, the fault, and a time after it.
 */
public final class OutageCost implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final int KEYS = 100;
    private static final Duration HEALTHY = Duration.ofSeconds(2);
    private static final Duration FAULT = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(20);

    private final RedisServer server = RedisServer.start();
    private final List<Caller> callers = new ArrayList<>();
    private final CacheService service;
    private final Cache<String> cache;
    private volatile State state = State.CLOSED;
    private volatile boolean faulty;
    private volatile boolean stopped;
    private volatile long openedAt;
    private volatile int openings;

    private OutageCost() {
        KeyCodec keys = new KeyCodec("outage");
        RedisBackend redis = RedisBackend.connectingTo(
                RedisSettings.builder().url(server.getUri()).build(),
                keys,
                TimeSource.SYSTEM,
                RedisConnectionListener.NONE);
        service = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend("redis", new EncodedBackend(redis, keys, EncodedBackend.DEFAULT_DEADLINE, TimeSource.SYSTEM))
                .listener(event -> {
                    if (event instanceof CircuitBreakerChanged change) {
                        changed(change.to());
                    }
                })
                .build();
        cache = service.cache(CacheSpec.of("c", String.class).eternal().build());
    }

    private void changed(State to) {
        state = to;
        if (to == State.OPEN) {
            openings++;
            if (openedAt == 0) {
                openedAt = System.nanoTime();
            }
        }
    }

    /** Prints the rows. */
    public static void main(String[] args) throws InterruptedException {
        print("| fault | exceptions | p99 before, ms | breaker opens after, ms | times | longest call, ms"
                + " | p99 while open, ms | first hit after the end, ms | pending then |");
        print("|---|---|---|---|---|---|---|---|---|");
        row("none", server -> {}, server -> {});
        row("kill -9, restart with no data", RedisServer::stop, RedisServer::restart);
        row("SIGSTOP", RedisServer::pause, RedisServer::resume);
        row("restart with no data at once", RedisServer::restart, server -> {});
        row("CLIENT KILL, each second", OutageCost::killClients, server -> {});
        row(
                "memory full, noeviction",
                server -> configure(server, "maxmemory", "1"),
                server -> configure(server, "maxmemory", "0"));
    }

    private static void row(String name, Consumer<RedisServer> begin, Consumer<RedisServer> end)
            throws InterruptedException {
        try (OutageCost outage = new OutageCost()) {
            print("| " + name + outage.measure(begin, end));
        }
    }

    private String measure(Consumer<RedisServer> begin, Consumer<RedisServer> end) throws InterruptedException {
        warmUp();
        for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller();
            callers.add(caller);
            caller.start();
        }
        pause(HEALTHY);
        faulty = true;
        long began = System.nanoTime();
        begin.accept(server);
        pause(FAULT);
        cache.delete("k0");
        end.accept(server);
        long ended = System.nanoTime();
        double hit = Double.NaN;
        while (System.nanoTime() - ended < AFTER.toNanos() && Double.isNaN(hit)) {
            cache.get("k1", () -> "loaded");
            if (cache.lookup("k1") instanceof Lookup.Hit) {
                hit = millis(System.nanoTime() - ended);
            }
            LockSupport.parkNanos(1_000_000);
        }
        pause(Duration.ofSeconds(3));
        long pending = service.metrics().pendingInvalidations();
        stopped = true;
        for (Caller caller : callers) {
            caller.join();
        }
        return String.format(
                Locale.ROOT,
                " | %d | %.2f | %s | %d | %.1f | %s | %.0f | %d |",
                callers.stream().mapToLong(caller -> caller.exceptions.get()).sum(),
                percentile(callers.stream().map(caller -> caller.before).toList(), 0.99),
                openedAt == 0 ? "never" : String.format(Locale.ROOT, "%.0f", millis(openedAt - began)),
                openings,
                percentile(callers.stream().map(caller -> caller.during).toList(), 1),
                openedAt == 0
                        ? "-"
                        : String.format(
                                Locale.ROOT,
                                "%.3f",
                                percentile(
                                        callers.stream()
                                                .map(caller -> caller.open)
                                                .toList(),
                                        0.99)),
                hit,
                pending);
    }

    private void warmUp() throws InterruptedException {
        while (!service.ping()) {
            pause(Duration.ofMillis(10));
        }
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (int i = 0; System.nanoTime() < until; i++) {
            cache.get("k" + i % KEYS, () -> "loaded");
        }
        while (state != State.CLOSED) {
            cache.get("k1", () -> "loaded");
            pause(Duration.ofMillis(100));
        }
        openings = 0;
        openedAt = 0;
    }

    private static void killClients(RedisServer server) {
        RedisClient client = RedisClient.create(server.getUri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            long until = System.nanoTime() + FAULT.toNanos();
            while (System.nanoTime() < until) {
                connection.sync().clientKill(KillArgs.Builder.skipme());
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static void configure(RedisServer server, String name, String value) {
        RedisClient client = RedisClient.create(server.getUri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().configSet(name, value);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static double percentile(List<Samples> parts, double share) {
        long[] all = parts.stream().flatMapToLong(Samples::stream).sorted().toArray();
        return all.length == 0 ? Double.NaN : millis(all[(int) Math.min(all.length - 1L, (long) (all.length * share))]);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        stopped = true;
        service.close();
        server.close();
    }

    private final class Caller implements Runnable {

        private final Samples before = new Samples();
        private final Samples during = new Samples();
        private final Samples open = new Samples();
        private final AtomicLong exceptions = new AtomicLong();

        private final Thread thread = new Thread(this, "caller");

        private void start() {
            thread.setDaemon(true);
            thread.start();
        }

        private void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public void run() {
            for (int i = 0; !stopped; i++) {
                boolean late = faulty;
                State was = state;
                long begin = System.nanoTime();
                @Nullable String value = null;
                try {
                    value = cache.get("k" + i % KEYS, () -> "loaded");
                } catch (RuntimeException e) {
                    exceptions.incrementAndGet();
                }
                long taken = System.nanoTime() - begin;
                if (value == null) {
                    exceptions.incrementAndGet();
                }
                (late ? during : before).add(taken);
                if (was == State.OPEN && state == State.OPEN) {
                    open.add(taken);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Grows; one thread adds, another reads when that has ended. */
    private static final class Samples {

        private long[] values = new long[1 << 16];
        private int size;

        private void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        private java.util.stream.LongStream stream() {
            return Arrays.stream(values, 0, size);
        }
    }
}
