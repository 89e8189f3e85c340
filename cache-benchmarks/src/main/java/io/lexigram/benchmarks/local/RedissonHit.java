package io.lexigram.benchmarks.local;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.config.Config;

/** Redisson's map with copies in this process. */
@State(Scope.Benchmark)
public class RedissonHit {

    private final RedissonClient client = connect();
    private final RLocalCachedMap<String, Product> map = filled();

    private static RedissonClient connect() {
        Config config = new Config();
        config.useSingleServer().setAddress(Redis.uri());
        return Redisson.create(config);
    }

    private RLocalCachedMap<String, Product> filled() {
        RLocalCachedMap<String, Product> filled =
                client.getLocalCachedMap(LocalCachedMapOptions.<String, Product>name("redisson-local")
                        .cacheSize(Filled.MAX_ENTRIES)
                        .timeToLive(Filled.TTL)
                        .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU)
                        .cacheProvider(LocalCachedMapOptions.CacheProvider.CAFFEINE));
        Keys.all().forEach(key -> filled.put(key, Product.of(key)));
        return filled;
    }

    @Benchmark
    public Product localCachedMap(Keys keys) {
        return Hit.required(map.get(keys.next()));
    }

    @TearDown
    public void close() {
        client.shutdown();
    }
}
