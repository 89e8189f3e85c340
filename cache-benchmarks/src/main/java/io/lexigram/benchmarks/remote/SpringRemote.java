package io.lexigram.benchmarks.remote;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.benchmarks.Source;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Spring's RedisCache with JSON: as it comes, where a write returns before it is made, and with immediate writes. */
@State(Scope.Benchmark)
public class SpringRemote {

    private static final JacksonJsonRedisSerializer<Product> JSON = new JacksonJsonRedisSerializer<>(Product.class);

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Application.class);
    private final Products products = context.getBean(Products.class);
    private final Cache cache = cache(context.getBean(CacheManager.class));
    private final Cache immediate;
    private final RedisTemplate<String, Product> template = new RedisTemplate<>();

    public SpringRemote() {
        LettuceConnectionFactory connections = context.getBean(LettuceConnectionFactory.class);
        immediate = cache(manager(RedisCacheWriter.create(connections, writer -> writer.immediateWrites(true))));
        template.setConnectionFactory(connections);
        template.setKeySerializer(RedisSerializer.string());
        template.setValueSerializer(JSON);
        template.afterPropertiesSet();
        Keys.all().forEach(key -> immediate.put(key, Product.of(key)));
        products.seal();
    }

    private static RedisCacheManager manager(RedisCacheWriter writer) {
        RedisCacheManager manager = RedisCacheManager.builder(writer)
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                        .entryTtl(Remote.TTL)
                        .serializeValuesWith(SerializationPair.fromSerializer(JSON)))
                .build();
        manager.afterPropertiesSet();
        return manager;
    }

    private static Cache cache(CacheManager manager) {
        Cache cache = manager.getCache("products");
        if (cache == null) {
            throw new IllegalStateException("There is no cache products");
        }
        return cache;
    }

    @Benchmark
    public Cache.ValueWrapper get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @Benchmark
    public Product cacheable(Keys keys) {
        return products.find(keys.next());
    }

    @Benchmark
    public @Nullable List<Product> getMany(Keys keys) {
        return template.opsForValue()
                .multiGet(keys.next(Remote.BATCH).stream()
                        .map(key -> "products::" + key)
                        .toList());
    }

    @Benchmark
    public void put(Keys keys) {
        String key = keys.next();
        cache.put(key, Product.of(key));
    }

    @Benchmark
    public void putImmediate(Keys keys) {
        String key = keys.next();
        immediate.put(key, Product.of(key));
    }

    @Benchmark
    public boolean invalidate(Keys keys) {
        return immediate.evictIfPresent(keys.next());
    }

    @TearDown
    public void close() {
        context.close();
    }

    /** A RedisCache and a bean. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    public static class Application {
        @Bean
        LettuceConnectionFactory connections() {
            URI uri = URI.create(Redis.uri());
            return new LettuceConnectionFactory(uri.getHost(), uri.getPort());
        }

        @Bean
        RedisCacheManager cacheManager(LettuceConnectionFactory connections) {
            return manager(RedisCacheWriter.nonLockingRedisCacheWriter(connections));
        }

        @Bean
        Products products() {
            return new Products();
        }
    }

    /** The annotated bean. */
    public static class Products {
        private final Source source = new Source();

        @Cacheable(cacheNames = "products", key = "#id")
        public Product find(String id) {
            return source.load(id);
        }

        public void seal() {
            source.seal();
        }
    }
}
