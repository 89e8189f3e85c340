package io.lexigram.benchmarks.local;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's cache abstraction on Caffeine. */
@State(Scope.Benchmark)
public class SpringHit {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Application.class);
    private final Products products = context.getBean(Products.class);
    private final Cache cache = filled();

    private Cache filled() {
        Keys.all().forEach(key -> {
            products.byId(key);
            products.byArguments(key);
        });
        products.seal();
        Cache filled = context.getBean(CacheManager.class).getCache("byId");
        if (filled == null) {
            throw new IllegalStateException("There is no cache byId");
        }
        return filled;
    }

    @Benchmark
    public Cache.ValueWrapper get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @Benchmark
    public Product cacheableId(Keys keys) {
        return products.byId(keys.next());
    }

    @Benchmark
    public Product cacheableArguments(Keys keys) {
        return products.byArguments(keys.next());
    }

    @TearDown
    public void close() {
        context.close();
    }

    /** Two caches on Caffeine and a bean. */
    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    public static class Application {
        @Bean
        CaffeineCacheManager cacheManager() {
            CaffeineCacheManager manager = new CaffeineCacheManager("byId", "byArguments");
            manager.setCaffeine(Filled.builder());
            return manager;
        }

        @Bean
        Products products() {
            return new Products();
        }
    }

    /** The annotated bean. */
    public static class Products {
        private final Source source = new Source();

        @Cacheable(cacheNames = "byId", key = "#id")
        public Product byId(String id) {
            return source.load(id);
        }

        @Cacheable(cacheNames = "byArguments")
        public Product byArguments(String id) {
            return source.load(id);
        }

        public void seal() {
            source.seal();
        }
    }
}
