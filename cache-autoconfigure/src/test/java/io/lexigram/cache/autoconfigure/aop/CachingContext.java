package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.autoconfigure.request.RequestMemoAutoConfiguration;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** An application of a few beans, with the annotations in force over a cache in memory. */
final class CachingContext implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** Starts an application of these beans and configurations. */
    static CachingContext of(Class<?>... components) {
        return of(Map.of(), components);
    }

    static CachingContext of(Map<String, Object> properties, Class<?>... components) {
        return of(properties, CachingContext::memory, components);
    }

    static CachingContext of(Map<String, Object> properties, Supplier<CacheService> caches, Class<?>... components) {
        CachingContext started = new CachingContext();
        started.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        started.context.registerBean("caches", CacheService.class, caches);
        started.context.register(components);
        started.context.register(RequestMemoAutoConfiguration.class, CacheAnnotationsAutoConfiguration.class);
        started.context.refresh();
        return started;
    }

    static CacheService memory() {
        return memory(10_000);
    }

    static CacheService memory(int maxFlights) {
        return LexigramCache.builder()
                .maxFlights(maxFlights)
                .codec(new JsonCodec())
                .backend("memory", MemoryBackend.builder().build())
                .backend("second", MemoryBackend.builder().build())
                .defaultBackend("memory")
                .build();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    CacheService caches() {
        return bean(CacheService.class);
    }

    /** A handle on values of any type, as another part of the application would have it. */
    Cache<Object> cache(String name) {
        return cache(name, Object.class);
    }

    <T> Cache<T> cache(String name, Class<T> type) {
        return caches().cache(name, TypeRef.of(type));
    }

    @Override
    public void close() {
        context.close();
    }
}
