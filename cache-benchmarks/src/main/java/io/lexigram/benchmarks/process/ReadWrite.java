package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Redis;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.config.Config;

/** A cache that one process reads and another writes. */
interface ReadWrite {

    @Nullable
    Product get(String key);

    void put(String key, Product value);

    static ReadWrite named(String name) {
        return switch (name) {
            case "lexigram-tiered" -> of(Lexigram.tiered());
            case "lexigram-redis" -> of(Lexigram.redis());
            case "redisson-local" -> of(redisson());
            default -> throw new IllegalArgumentException("There is no cache " + name);
        };
    }

    private static ReadWrite of(CacheService service) {
        Cache<Product> cache = Lexigram.products(service);
        return new ReadWrite() {
            @Override
            public @Nullable Product get(String key) {
                return cache.get(key);
            }

            @Override
            public void put(String key, Product value) {
                cache.put(key, value);
            }
        };
    }

    private static ReadWrite of(RLocalCachedMap<String, Product> map) {
        return new ReadWrite() {
            @Override
            public @Nullable Product get(String key) {
                return map.get(key);
            }

            @Override
            public void put(String key, Product value) {
                map.fastPut(key, value);
            }
        };
    }

    private static RLocalCachedMap<String, Product> redisson() {
        Config config = new Config();
        config.useSingleServer().setAddress(Redis.uri());
        return Redisson.create(config)
                .getLocalCachedMap(LocalCachedMapOptions.<String, Product>name("redisson-tiers")
                        .cacheSize(10_000)
                        .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU)
                        .cacheProvider(LocalCachedMapOptions.CacheProvider.CAFFEINE));
    }
}
