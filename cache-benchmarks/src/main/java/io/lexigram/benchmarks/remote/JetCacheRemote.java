package io.lexigram.benchmarks.remote;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.Fastjson2ValueDecoder;
import com.alicp.jetcache.support.Fastjson2ValueEncoder;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import io.lettuce.core.RedisClient;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JetCache on Redis: with Java serialization, its default, and with fastjson2. */
@State(Scope.Benchmark)
public class JetCacheRemote {

    private final RedisClient client = RedisClient.create(Redis.uri());
    private final Cache<String, Product> java =
            cache("jetcache-java.", JavaValueEncoder.INSTANCE, JavaValueDecoder.INSTANCE);
    private final Cache<String, Product> fastjson =
            cache("jetcache-json.", new Fastjson2ValueEncoder(false), new Fastjson2ValueDecoder(false));

    public JetCacheRemote() {
        Keys.all().forEach(key -> {
            awaited(java.PUT(key, Product.of(key)));
            awaited(fastjson.PUT(key, Product.of(key)));
        });
    }

    private Cache<String, Product> cache(
            String prefix, Function<Object, byte[]> encoder, Function<byte[], Object> decoder) {
        return RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .keyPrefix(prefix)
                .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                .valueEncoder(encoder)
                .valueDecoder(decoder)
                .expireAfterWrite(Remote.TTL.toSeconds(), TimeUnit.SECONDS)
                .buildCache();
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(java.get(keys.next()));
    }

    @Benchmark
    public Product getFastjson(Keys keys) {
        return Hit.required(fastjson.get(keys.next()));
    }

    @Benchmark
    public Map<String, Product> getMany(Keys keys) {
        return java.getAll(new HashSet<>(keys.next(Remote.BATCH)));
    }

    @Benchmark
    public Map<String, Product> getManyFastjson(Keys keys) {
        return fastjson.getAll(new HashSet<>(keys.next(Remote.BATCH)));
    }

    private static void awaited(CacheResult result) {
        if (!result.isSuccess()) {
            throw new IllegalStateException(result.getMessage());
        }
    }

    /** As it comes: it returns before the entry is written. */
    @Benchmark
    public void put(Keys keys) {
        String key = keys.next();
        java.put(key, Product.of(key));
    }

    @Benchmark
    public void putImmediate(Keys keys) {
        String key = keys.next();
        awaited(java.PUT(key, Product.of(key)));
    }

    @Benchmark
    public boolean invalidate(Keys keys) {
        return java.remove(keys.next());
    }

    @TearDown
    public void close() {
        client.shutdown();
    }
}
