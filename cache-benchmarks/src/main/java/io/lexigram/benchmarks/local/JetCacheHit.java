package io.lexigram.benchmarks.local;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.anno.Cached;
import com.alicp.jetcache.anno.config.EnableMethodCache;
import com.alicp.jetcache.anno.support.GlobalCacheConfig;
import com.alicp.jetcache.anno.support.JetCacheBaseBeans;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Source;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** JetCache's local cache, which is Caffeine, as it comes: without statistics. */
@State(Scope.Benchmark)
public class JetCacheHit {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Application.class);
    private final Products products = context.getBean(Products.class);
    private final Cache<String, Product> cache = filled();

    private Cache<String, Product> filled() {
        Cache<String, Product> filled = builder().buildCache();
        Keys.all().forEach(key -> {
            filled.put(key, Product.of(key));
            products.byId(key);
        });
        products.seal();
        return filled;
    }

    private static CaffeineCacheBuilder<?> builder() {
        return CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(Filled.MAX_ENTRIES)
                .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                .expireAfterWrite(Filled.TTL.toSeconds(), TimeUnit.SECONDS);
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @Benchmark
    public Product cachedId(Keys keys) {
        return products.byId(keys.next());
    }

    @TearDown
    public void close() {
        context.close();
    }

    /** What the auto-configuration of JetCache makes for a local cache. */
    @Configuration(proxyBeanMethods = false)
    @EnableMethodCache(basePackages = "io.lexigram.benchmarks", proxyTargetClass = true)
    @Import(JetCacheBaseBeans.class)
    public static class Application {
        @Bean
        GlobalCacheConfig globalCacheConfig() {
            GlobalCacheConfig config = new GlobalCacheConfig();
            config.setLocalCacheBuilders(Map.of(CacheConsts.DEFAULT_AREA, builder()));
            config.setRemoteCacheBuilders(Map.of());
            return config;
        }

        @Bean
        Products products() {
            return new Products();
        }
    }

    /** The annotated bean. */
    public static class Products {
        private final Source source = new Source();

        @Cached(name = "byId.", key = "#id", cacheType = CacheType.LOCAL, expire = 3600, localLimit = 10_000)
        public Product byId(String id) {
            return source.load(id);
        }

        public void seal() {
            source.seal();
        }
    }
}
