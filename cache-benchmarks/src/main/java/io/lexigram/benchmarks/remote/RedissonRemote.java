package io.lexigram.benchmarks.remote;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson with its default codec: a bucket for each entry, and the map with a lifetime for each entry. */
@State(Scope.Benchmark)
public class RedissonRemote {

    private final RedissonClient client = connect();
    private final RMapCache<String, Product> map = client.getMapCache("redisson-map");

    public RedissonRemote() {
        Keys.all().forEach(key -> {
            client.<Product>getBucket(key).set(Product.of(key), Remote.TTL);
            map.fastPut(key, Product.of(key), Remote.TTL.toSeconds(), TimeUnit.SECONDS);
        });
    }

    private static RedissonClient connect() {
        Config config = new Config();
        config.useSingleServer().setAddress(Redis.uri()).setDatabase(1);
        return Redisson.create(config);
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(client.<Product>getBucket(keys.next()).get());
    }

    @Benchmark
    public Product getMapCache(Keys keys) {
        return Hit.required(map.get(keys.next()));
    }

    @Benchmark
    public Map<String, Product> getMany(Keys keys) {
        return client.getBuckets().get(keys.next(Remote.BATCH).toArray(new String[0]));
    }

    @Benchmark
    public void put(Keys keys) {
        String key = keys.next();
        client.<Product>getBucket(key).set(Product.of(key), Remote.TTL);
    }

    @Benchmark
    public boolean invalidate(Keys keys) {
        return client.getBucket(keys.next()).delete();
    }

    @TearDown
    public void close() {
        client.shutdown();
    }
}
