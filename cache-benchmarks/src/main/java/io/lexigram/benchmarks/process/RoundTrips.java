package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.benchmarks.report.Sample;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CallOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** How often one operation of ours goes to Redis and back. */
public final class RoundTrips {

    private static final int TIMES = 21;

    /** Longer than the proxy delays the server's news of an invalidation: a read that crosses them asks once more. */
    private static final long NEWS_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private RoundTrips() {}

    public static List<Sample> round(int round) throws Exception {
        try (CountingProxy proxy = new CountingProxy(Redis.uri());
                CacheService measured = Lexigram.redis(proxy.uri());
                CacheService other = Lexigram.redis()) {
            Cache<Product> cache = Lexigram.products(measured);
            List<Sample> samples = new ArrayList<>();
            samples.add(count("hit", round, proxy, key -> cache.put(key, Product.of(key)), cache::get));
            samples.add(count("absent", round, proxy, key -> {}, key -> load(cache, key)));
            samples.add(count("stale", round, proxy, key -> invalidated(cache, other, key), key -> load(cache, key)));
            samples.add(count("put", round, proxy, key -> {}, key -> cache.put(key, Product.of(key))));
            samples.add(count("invalidate", round, proxy, key -> cache.put(key, Product.of(key)), cache::invalidate));
            return samples;
        }
    }

    private static void load(Cache<Product> cache, String key) {
        cache.get(key, () -> Product.of(key));
    }

    private static void invalidated(Cache<Product> cache, CacheService other, String key) {
        cache.put(key, Product.of(key), CallOptions.NONE.tags("tag-of-" + key));
        Lexigram.products(other).invalidateTags("tag-of-" + key);
        LockSupport.parkNanos(NEWS_NANOS);
    }

    /** The median, so that what happens only the first time does not count. */
    private static Sample count(
            String what, int round, CountingProxy proxy, Consumer<String> before, Consumer<String> operation) {
        long[] counts = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            String key = UUID.randomUUID().toString();
            before.accept(key);
            long begin = proxy.trips();
            operation.accept(key);
            counts[i] = proxy.trips() - begin;
        }
        Arrays.sort(counts);
        return new Sample("roundtrips." + what, "count", round, counts[TIMES / 2]);
    }
}
