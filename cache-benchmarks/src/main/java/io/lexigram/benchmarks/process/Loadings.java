package io.lexigram.benchmarks.process;

import com.alicp.jetcache.AbstractCacheBuilder;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.RedisClient;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.cache.CacheService;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** The caches of the stampede, by name. */
final class Loadings {

    private static final Duration TTL = Duration.ofHours(1);

    private Loadings() {}

    static Loading named(String name) {
        return switch (name) {
            case "lexigram-memory" -> lexigram(Lexigram.memory());
            case "lexigram-redis" -> lexigram(Lexigram.redis());
            case "lexigram-tiered" -> lexigram(Lexigram.tiered());
            case "spring-caffeine" -> unsynchronized(springCaffeine());
            case "spring-caffeine-sync" -> synchronizing(springCaffeine());
            case "spring-redis-sync" -> synchronizing(springRedis(false));
            case "spring-redis-locking" -> synchronizing(springRedis(true));
            case "jetcache-local" -> jetCache(jetCacheLocal(), false);
            case "jetcache-local-protected" -> jetCache(jetCacheLocal(), true);
            case "jetcache-redis-protected" -> jetCache(jetCacheRedis(), true);
            default -> throw new IllegalArgumentException("There is no cache " + name);
        };
    }

    private static Loading lexigram(CacheService service) {
        io.lexigram.cache.Cache<Product> cache = Lexigram.products(service);
        return (key, loader) -> cache.get(key, loader::call);
    }

    /** As {@code @Cacheable} does. */
    private static Loading unsynchronized(Cache cache) {
        return (key, loader) -> {
            Cache.ValueWrapper found = cache.get(key);
            if (found != null) {
                return (Product) found.get();
            }
            Product loaded = loader.call();
            cache.put(key, loaded);
            return loaded;
        };
    }

    /** As {@code @Cacheable(sync = true)} does. */
    private static Loading synchronizing(Cache cache) {
        return (key, loader) -> cache.get(key, loader);
    }

    private static Cache springCaffeine() {
        CaffeineCacheManager manager = new CaffeineCacheManager("products");
        manager.setCaffeine(Caffeine.newBuilder().expireAfterWrite(TTL).maximumSize(10_000));
        return required(manager.getCache("products"));
    }

    private static Cache springRedis(boolean locking) {
        URI uri = URI.create(Redis.uri());
        LettuceConnectionFactory connections = new LettuceConnectionFactory(uri.getHost(), uri.getPort());
        connections.afterPropertiesSet();
        connections.start();
        RedisCacheManager manager = RedisCacheManager.builder(
                        locking
                                ? RedisCacheWriter.lockingRedisCacheWriter(connections)
                                : RedisCacheWriter.nonLockingRedisCacheWriter(connections))
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                        .entryTtl(TTL)
                        .serializeValuesWith(
                                SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(Product.class))))
                .build();
        manager.afterPropertiesSet();
        return required(manager.getCache("products"));
    }

    private static Cache required(@Nullable Cache cache) {
        if (cache == null) {
            throw new IllegalStateException("There is no cache products");
        }
        return cache;
    }

    private static AbstractCacheBuilder<?> jetCacheLocal() {
        return CaffeineCacheBuilder.createCaffeineCacheBuilder().limit(10_000);
    }

    private static AbstractCacheBuilder<?> jetCacheRedis() {
        return RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(RedisClient.create(Redis.uri()))
                .keyPrefix("jetcache-stampede.")
                .valueEncoder(JavaValueEncoder.INSTANCE)
                .valueDecoder(JavaValueDecoder.INSTANCE);
    }

    private static Loading jetCache(AbstractCacheBuilder<?> builder, boolean protect) {
        com.alicp.jetcache.Cache<String, Product> cache = builder.keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                .expireAfterWrite(TTL.toSeconds(), TimeUnit.SECONDS)
                .buildCache();
        cache.config().setCachePenetrationProtect(protect);
        return (key, loader) -> cache.computeIfAbsent(key, missing -> called(loader));
    }

    private static Product called(Callable<Product> loader) {
        try {
            return loader.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
