package io.lexigram.benchmarks.process;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.benchmarks.report.Sample;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.measure.OtherClient;
import io.lexigram.cache.measure.Pings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What it takes to empty a large cache, and what another client of the server notices of it. */
public final class ClearCost {

    private static final int SPRINGS_DATABASE = 2;
    private static final int CHUNK = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long IDLE_MILLIS = 500;
    private static final long POLL_NANOS = 100_000;

    private final int entries;

    private ClearCost(int entries) {
        this.entries = entries;
    }

    public static List<Sample> round(int round, int entries) throws Exception {
        ClearCost cost = new ClearCost(entries);
        List<Sample> samples = new ArrayList<>();
        samples.addAll(cost.lexigram(round));
        samples.addAll(cost.spring("clear.spring", 0, round));
        samples.addAll(cost.spring("clear.spring-scan", CHUNK, round));
        return samples;
    }

    private List<Sample> lexigram(int round) throws Exception {
        try (CacheService here = Lexigram.redis();
                CacheService there = Lexigram.redis()) {
            Cache<Product> cache = Lexigram.products(here);
            Product product = Product.of("1");
            for (int from = 0; from < entries; from += CHUNK) {
                Map<String, Product> chunk = new HashMap<>();
                IntStream.range(from, from + CHUNK).forEach(i -> chunk.put("key-" + i, product));
                cache.putMany(chunk);
            }
            Cache<Product> elsewhere = Lexigram.products(there);
            return measure("clear.lexigram", round, cache::clear, () -> elsewhere.get("key-7") == null);
        }
    }

    /** @param scan of how many keys at once; 0 for KEYS, which is the default */
    private List<Sample> spring(String row, int scan, int round) throws Exception {
        URI uri = URI.create(Redis.uri());
        RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
        server.setDatabase(SPRINGS_DATABASE);
        LettuceConnectionFactory connections = new LettuceConnectionFactory(server);
        connections.afterPropertiesSet();
        connections.start();
        RedisClient client = RedisClient.create(Redis.uri());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().select(SPRINGS_DATABASE);
            String value = "v".repeat(200);
            RedisFuture<?>[] written = new RedisFuture<?>[entries];
            for (int i = 0; i < entries; i++) {
                written[i] = connection.async().set("products::key-" + i, value);
            }
            LettuceFutures.awaitAll(PATIENCE, written);
            RedisCacheWriter writer = scan == 0
                    ? RedisCacheWriter.nonLockingRedisCacheWriter(connections)
                    : RedisCacheWriter.nonLockingRedisCacheWriter(connections, BatchStrategies.scan(scan));
            RedisCacheManager manager = RedisCacheManager.builder(writer).build();
            manager.afterPropertiesSet();
            var cache = manager.getCache("products");
            if (cache == null || connection.sync().dbsize() != entries) {
                throw new IllegalStateException("The cache was not filled");
            }
            return measure(row, round, cache::clear, () -> connection.sync().dbsize() == 0);
        } finally {
            client.shutdown();
            connections.destroy();
        }
    }

    private static List<Sample> measure(String row, int round, Runnable clear, BooleanSupplier empty) throws Exception {
        try (OtherClient other = new OtherClient(Redis.uri())) {
            other.begin();
            TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
            Pings idle = other.end();
            other.begin();
            long begin = System.nanoTime();
            CompletableFuture<Long> invisible = CompletableFuture.supplyAsync(() -> {
                while (!empty.getAsBoolean()) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                return System.nanoTime();
            });
            clear.run();
            long returned = System.nanoTime();
            long gone = invisible.get();
            Pings beside = other.end();
            return List.of(
                    new Sample(row, "returned, ms", round, (returned - begin) / 1e6),
                    new Sample(row, "invisible, ms", round, (gone - begin) / 1e6),
                    new Sample(row, "PING idle, ms", round, idle.worst() / 1e6),
                    new Sample(row, "PING beside, ms", round, beside.worst() / 1e6),
                    new Sample(row, "PING worse by, ms", round, (beside.worst() - idle.worst()) / 1e6));
        }
    }
}
