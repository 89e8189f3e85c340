package io.lexigram.cache.measure;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.testing.RedisServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * What an invalidation of many entries costs, and what another client notices of it: {@code mvn -Pmeasure -pl cache-core test}.
 * Prints a line for each round.
 */
public final class InvalidationCost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHUNK = 500;

    private static final String HEADER = "| what | entries | invisible to another node after ms | reclaimed after ms |"
            + " PING idle p50 / p99 / p99.9 / worst ms | PING beside p50 / p99 / p99.9 / worst ms | longest command on the server ms |\n"
            + "|---|---|---|---|---|---|---|";

    private final RedisServer server = RedisServer.start();
    private final RedisClient client = RedisClient.create(RedisURI.create(server.getUri()));
    private final RedisCommands<String, String> admin = client.connect().sync();
    private final CacheService here = service();
    private final CacheService there = service();
    private final ExecutorService poller = Executors.newSingleThreadExecutor();
    private double nanosPerEntry = 50_000;

    private InvalidationCost() throws Exception {
        RealTime.give(serverPid());
    }

    private long serverPid() {
        return admin.info("server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> Long.valueOf(line.substring("process_id:".length()).trim()))
                .findFirst()
                .orElseThrow();
    }

    /** Takes pairs of a number of entries and of rounds from the system property {@code lexigram.measure.rounds}. */
    public static void main(String[] arguments) throws Exception {
        List<String> rounds =
                List.of(System.getProperty("lexigram.measure.rounds", "1000 1").split(" ", -1));
        print(HEADER);
        try (InvalidationCost cost = new InvalidationCost()) {
            for (int i = 0; i < rounds.size(); i += 2) {
                int entries = Integer.parseInt(rounds.get(i));
                for (int round = 0; round < Integer.parseInt(rounds.get(i + 1)); round++) {
                    cost.round("tag", entries, cache -> cost.here.invalidateTags("measured"));
                    if (entries <= 100_000) {
                        cost.round("namespace", entries, Cache::clear);
                    }
                }
            }
        }
        System.exit(0);
    }

    private void round(String what, int entries, ToLongFunction<Cache<String>> invalidation) throws Exception {
        Cache<String> cache = cache(here);
        fill(cache, entries);
        try (OtherClient other = new OtherClient(server.getUri())) {
            RealTime.give(other.pid());
            other.begin();
            pause((long) (nanosPerEntry * entries));
            Pings idle = other.end();
            admin.configSet("slowlog-log-slower-than", "100");
            admin.slowlogReset();
            CompletableFuture<Long> gone = watch();
            other.begin();
            long begin = System.nanoTime();
            long count = invalidation.applyAsLong(cache);
            long reclaimed = System.nanoTime() - begin;
            Pings beside = other.end();
            nanosPerEntry = (double) reclaimed / entries;
            print(String.format(
                    Locale.ROOT,
                    "| %s | %d%s | %.1f | %.0f | %s | %s | %s |",
                    what,
                    count,
                    count == entries ? "" : " of " + entries,
                    (gone.get() - begin) / 1e6,
                    reclaimed / 1e6,
                    idle.inMillis(),
                    beside.inMillis(),
                    longestCommand()));
        }
    }

    private static void fill(Cache<String> cache, int entries) {
        CallOptions tagged = CallOptions.NONE.tags("measured");
        Map<String, String> chunk = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            chunk.put("key-" + i, "value " + i);
            if (chunk.size() == CHUNK || i == entries - 1) {
                cache.putMany(chunk, tagged);
                chunk.clear();
            }
        }
    }

    /** The moment at which another node misses what it has found before. */
    private CompletableFuture<Long> watch() throws InterruptedException {
        Cache<String> cache = cache(there);
        CountDownLatch watching = new CountDownLatch(1);
        CompletableFuture<Long> gone = new CompletableFuture<>();
        poller.execute(() -> {
            if (cache.get("key-7") == null) {
                gone.completeExceptionally(new IllegalStateException("Nothing was stored"));
            }
            watching.countDown();
            while (cache.get("key-7") != null) {
                Thread.onSpinWait();
            }
            gone.complete(System.nanoTime());
        });
        watching.await();
        return gone;
    }

    private static void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(nanos, 100_000_000));
    }

    private String longestCommand() {
        long longest = 0;
        String name = "none above 0.1";
        for (Object entry : admin.slowlogGet(1024)) {
            List<?> fields = (List<?>) entry;
            long micros = (Long) fields.get(2);
            if (micros > longest && !isOwn(fields)) {
                longest = micros;
                name = String.format(Locale.ROOT, "%.2f (%s)", micros / 1e3, ((List<?>) fields.get(3)).get(0));
            }
        }
        return name;
    }

    /** Reading the log is in the log. */
    private static boolean isOwn(List<?> fields) {
        return "SLOWLOG".equals(((List<?>) fields.get(3)).get(0));
    }

    private static Cache<String> cache(CacheService service) {
        return service.cache(CacheSpec.of("measured", String.class).eternal().build());
    }

    private CacheService service() {
        RedisSettings settings = RedisSettings.builder()
                .url(server.getUri())
                .commandTimeout(PATIENCE)
                .build();
        KeyCodec keys = new KeyCodec("measure");
        return LexigramCache.builder()
                .backend(
                        "redis",
                        new EncodedBackend(
                                RedisBackend.connectingTo(
                                        settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE),
                                keys,
                                PATIENCE,
                                TimeSource.SYSTEM))
                .codec(new JsonCodec())
                .build();
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        poller.shutdownNow();
        here.close();
        there.close();
        client.shutdown();
        server.close();
    }
}
