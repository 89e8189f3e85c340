package io.lexigram.cache.measure;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Result;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.event.CacheEvent.CircuitBreakerChanged;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import io.lexigram.cache.testing.TcpProxy;
import io.lexigram.cache.testing.TcpProxy.Direction;
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
 * What callers notice of a Redis that fails under them, or of the network before it, without and with copies in memory: prints
 * a row per fault. Every setting is the default one. Four threads read through, a millisecond after each other; a healthy time,
 * the fault, and a time after it.
 */
public final class OutageCost implements AutoCloseable {

    private static final int CALLERS = 4;
    private static final int KEYS = 100;
    private static final Duration HEALTHY = Duration.ofSeconds(2);
    private static final Duration FAULT = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(20);

    /** Longer than the deadline. */
    private static final Duration LATENCY = Duration.ofMillis(400);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy network = TcpProxy.to(server.host(), server.port());
    private final List<Caller> callers = new ArrayList<>();
    private final CacheService service;
    private final Cache<String> cache;
    private volatile State state = State.CLOSED;
    private volatile boolean faulty;
    private volatile boolean stopped;
    private volatile long openedAt;
    private volatile int openings;

    private OutageCost(Backend kind, boolean ofNetwork) {
        KeyCodec keys = new KeyCodec("outage");
        String url = ofNetwork ? "redis://" + network.host() + ":" + network.port() : server.getUri();
        RedisBackend redis = RedisBackend.connectingTo(
                RedisSettings.builder().url(url).build(), keys, TimeSource.SYSTEM, RedisConnectionListener.NONE);
        CacheBackend shared = new EncodedBackend(redis, keys, EncodedBackend.DEFAULT_DEADLINE, TimeSource.SYSTEM);
        service = LexigramCache.builder()
                .codec(new JsonCodec())
                .backend(
                        "main",
                        kind == Backend.REDIS
                                ? shared
                                : TieredBackend.builder(MemoryBackend.builder().build(), shared)
                                        .build())
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

    /** Where the entries are. */
    private enum Backend {
        REDIS,
        TIERED
    }

    /** Prints the rows. */
    public static void main(String[] args) throws InterruptedException {
        print("| fault | backend | exceptions | p99 before, ms | breaker opens after, ms | times | longest call, ms"
                + " | p99 while open, ms | recovered after the end, ms | pending then |");
        print("|---|---|---|---|---|---|---|---|---|---|");
        rowsOfServer("none", server -> {}, server -> {});
        rowsOfServer("kill -9, restart with no data", RedisServer::stop, RedisServer::restart);
        rowsOfServer("SIGSTOP", RedisServer::pause, RedisServer::resume);
        rowsOfServer("restart with no data at once", RedisServer::restart, server -> {});
        rowsOfServer("CLIENT KILL, each second", OutageCost::killClients, server -> {});
        rowsOfServer(
                "memory full, noeviction",
                server -> server.order("CONFIG SET maxmemory 1"),
                server -> server.order("CONFIG SET maxmemory 0"));
        rowsOfNetwork("answers 400 ms late", network -> network.delay(LATENCY));
        rowsOfNetwork("connections cut once", TcpProxy::cut);
        rowsOfNetwork("connections refused", TcpProxy::refuse);
        rowsOfNetwork("nothing gets to the server", network -> network.drop(Direction.TO_SERVER));
        rowsOfNetwork("nothing comes from the server", network -> network.drop(Direction.TO_CLIENT));
        rowsOfNetwork("nothing gets through", network -> network.drop(Direction.TO_SERVER, Direction.TO_CLIENT));
    }

    private static void rowsOfServer(String name, Consumer<RedisServer> begin, Consumer<RedisServer> end)
            throws InterruptedException {
        for (Backend kind : Backend.values()) {
            try (OutageCost outage = new OutageCost(kind, false)) {
                Runnable fault = () -> begin.accept(outage.server);
                outage.print(name, kind, outage.measure(fault, () -> end.accept(outage.server)));
            }
        }
    }

    private static void rowsOfNetwork(String name, Consumer<TcpProxy> begin) throws InterruptedException {
        for (Backend kind : Backend.values()) {
            try (OutageCost outage = new OutageCost(kind, true)) {
                Runnable fault = () -> begin.accept(outage.network);
                outage.print(name, kind, outage.measure(fault, outage.network::heal));
            }
        }
    }

    private void print(String name, Backend kind, String figures) {
        print("| " + name + " | " + kind.name().toLowerCase(Locale.ROOT) + figures);
    }

    private String measure(Runnable begin, Runnable end) throws InterruptedException {
        warmUp();
        for (int i = 0; i < CALLERS; i++) {
            Caller caller = new Caller();
            callers.add(caller);
            caller.start();
        }
        pause(HEALTHY);
        faulty = true;
        long began = System.nanoTime();
        begin.run();
        pause(Duration.ofNanos(FAULT.toNanos() - (System.nanoTime() - began)));
        cache.delete("k0");
        end.run();
        long ended = System.nanoTime();
        double recovered = Double.NaN;
        while (System.nanoTime() - ended < AFTER.toNanos() && Double.isNaN(recovered)) {
            if (cache.results().put("proof", "value") instanceof Result.Success && state == State.CLOSED) {
                recovered = millis(System.nanoTime() - ended);
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
                recovered,
                pending);
    }

    private void warmUp() throws InterruptedException {
        while (!service.ping()) {
            pause(Duration.ofMillis(10));
        }
        long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
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
        network.close();
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
