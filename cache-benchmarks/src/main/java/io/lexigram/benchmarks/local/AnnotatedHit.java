package io.lexigram.benchmarks.local;

import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.Source;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.autoconfigure.aop.CacheAnnotationsAutoConfiguration;
import io.lexigram.cache.autoconfigure.backend.MemoryBackendAutoConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ours in memory, by annotated methods. */
@State(Scope.Benchmark)
public class AnnotatedHit {

    private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(org.springframework.boot.Banner.Mode.OFF)
            .properties("logging.level.root=warn", "lexigram.cache.caches.products.ttl=1h")
            .run();
    private final Products products = context.getBean(Products.class);

    public AnnotatedHit() {
        Keys.all().forEach(key -> {
            products.byId(key);
            products.byExpression(key);
            products.byArguments(key);
        });
        products.seal();
    }

    @Benchmark
    public Product cachedId(Keys keys) {
        return products.byId(keys.next());
    }

    /** The key is SpEL that is more than the name of a parameter. */
    @Benchmark
    public Product cachedExpression(Keys keys) {
        return products.byExpression(keys.next());
    }

    @Benchmark
    public Product cachedArguments(Keys keys) {
        return products.byArguments(keys.next());
    }

    @TearDown
    public void close() {
        context.close();
    }

    /** What the starter makes of an application without a remote backend. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        LexigramCacheAutoConfiguration.class,
        MemoryBackendAutoConfiguration.class,
        CacheAnnotationsAutoConfiguration.class
    })
    public static class Application {
        @Bean
        Products products() {
            return new Products();
        }
    }

    /** The annotated bean. */
    public static class Products {
        private final Source source = new Source();

        @Cached(cache = "products", key = "#id")
        public Product byId(String id) {
            return source.load(id);
        }

        @Cached(cache = "expressions", key = "'v1:' + #id.toUpperCase()")
        public Product byExpression(String id) {
            return source.load(id);
        }

        @Cached(cache = "arguments")
        public Product byArguments(String id) {
            return source.load(id);
        }

        public void seal() {
            source.seal();
        }
    }
}
