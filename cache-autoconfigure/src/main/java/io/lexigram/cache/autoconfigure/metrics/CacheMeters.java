package io.lexigram.cache.autoconfigure.metrics;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds the meters of every cache to every registry once, whichever of the two appears later. */
final class CacheMeters implements MeterBinder, CacheEventListener {

    private final Supplier<CacheService> services;
    private final Predicate<String> isMetered;
    private final ReentrantLock binding = new ReentrantLock();
    private final Map<String, MetersOfCache> caches = new HashMap<>();
    private final Map<MeterRegistry, Set<String>> bound = new HashMap<>();
    private @Nullable CacheService service;

    /**
     * Begins with the first registry.
     *
     * @param services asked for the service then, for the service cannot be there yet: it is built with this listener
     * @param isMetered whether the caches on the backend of this name have meters
     */
    CacheMeters(Supplier<CacheService> services, Predicate<String> isMetered) {
        this.services = services;
        this.isMetered = isMetered;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CacheService known = services.get();
        binding.lock();
        try {
            service = known;
            bound.putIfAbsent(registry, new HashSet<>());
            bindMissing(known);
        } finally {
            binding.unlock();
        }
    }

    @Override
    public boolean accepts(Class<? extends CacheEvent> type) {
        return type == CacheEvent.Opened.class;
    }

    @Override
    public void onEvent(CacheEvent event) {
        binding.lock();
        try {
            if (service != null) {
                bindMissing(service);
            }
        } finally {
            binding.unlock();
        }
    }

    private void bindMissing(CacheService service) {
        for (String name : service.cacheNames()) {
            bound.forEach((registry, names) -> {
                if (!names.contains(name)) {
                    service.find(name).ifPresent(cache -> {
                        names.add(name);
                        bind(cache, registry);
                    });
                }
            });
        }
    }

    private void bind(Cache<Object> cache, MeterRegistry registry) {
        if (isMetered.test(cache.policy().backend())) {
            caches.computeIfAbsent(cache.name(), name -> new MetersOfCache(cache))
                    .bindTo(registry);
        }
    }
}
