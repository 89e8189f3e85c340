package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cache as an annotation names it. The handle is fetched when it is first needed, so that no bean is created early. */
final class NamedCache {

    private final CacheSpec<?> spec;
    private final @Nullable String backend;
    private final Supplier<CacheService> services;
    private volatile @Nullable Cache<Object> handle;

    NamedCache(String name, @Nullable String backend, TypeRef<?> type, Supplier<CacheService> services) {
        this.spec = CacheSpec.of(name, type).build();
        this.backend = backend;
        this.services = services;
    }

    String name() {
        return spec.name();
    }

    @Nullable
    String backend() {
        return backend;
    }

    /** @throws io.lexigram.cache.CacheConfigurationException when there is no such backend */
    Cache<Object> handle() {
        Cache<Object> known = handle;
        if (known == null) {
            known = open();
            handle = known;
        }
        return known;
    }

    /** The values of a handle are what the annotated method returns; that is all that goes in or comes out here. */
    @SuppressWarnings("unchecked")
    private Cache<Object> open() {
        Cache<Object> cache = (Cache<Object>) services.get().cache(spec);
        return backend == null ? cache : cache.on(backend);
    }
}
