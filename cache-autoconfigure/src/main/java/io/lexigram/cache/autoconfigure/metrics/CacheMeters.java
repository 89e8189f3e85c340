package io.lexigram.cache.autoconfigure.metrics;

import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEventListener;
import io.lexigram.cache.spi.Breaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the meters of every cache to every registry once, whichever of the two appears later. Bounded: namespaces may come
 * without end, and a registry never forgets.
 */
final class CacheMeters implements MeterBinder, CacheEventListener {

    private static final Logger log = LoggerFactory.getLogger(CacheMeters.class);

    private final Supplier<@Nullable CacheService> services;
    private final Predicate<String> isMetered;
    private final int maxCaches;
    private final ReentrantLock binding = new ReentrantLock();
    private final Map<String, MetersOfCache> caches = new HashMap<>();
    private final Map<MeterRegistry, Set<String>> bound = new HashMap<>();
    private @Nullable CacheService service;
    private boolean full;

    /**
     * Begins with the first registry.
     *
     * @param services asked for the service then, for the service cannot be there yet: it is built with this listener
     * @param isMetered whether the caches on the backend of this name have meters
     * @param maxCaches how many caches have meters
     */
    CacheMeters(Supplier<@Nullable CacheService> services, Predicate<String> isMetered, int maxCaches) {
        this.services = services;
        this.isMetered = isMetered;
        this.maxCaches = maxCaches;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CacheService known = services.get();
        binding.lock();
        try {
            service = known;
            bound.putIfAbsent(registry, new HashSet<>());
            bindBreakers(registry);
            bindMissing();
        } finally {
            binding.unlock();
        }
    }

    @Override
    public boolean accepts(Class<? extends CacheEvent> type) {
        return type == CacheEvent.Opened.class;
    }

    /** Events may be lost, so each makes good for all. */
    @Override
    public void onEvent(CacheEvent event) {
        binding.lock();
        try {
            if (service != null && event instanceof CacheEvent.Opened opened && caches.containsKey(opened.cache())) {
                service.find(opened.cache()).ifPresent(caches.get(opened.cache())::reopened);
            }
            bindMissing();
        } finally {
            binding.unlock();
        }
    }

    /** A registry takes a meter once. */
    private void bindPending(MeterRegistry registry) {
        if (service != null) {
            Gauge.builder("lexigram.cache.invalidations.pending", service, CacheMeters::pending)
                    .description("Invalidations that a backend could not be told yet")
                    .register(registry);
        }
    }

    private void bindBreakers(MeterRegistry registry) {
        CacheService known = service;
        if (known == null) {
            return;
        }
        for (BackendInfo backend : known.backends().values()) {
            if (backend.circuitBreaker() != null && isMetered.test(backend.name())) {
                for (Breaker.State state : Breaker.State.values()) {
                    Gauge.builder(
                                    "lexigram.cache.circuit.breaker.state",
                                    known,
                                    cache -> isIn(cache, backend.name(), state))
                            .tags("backend", backend.name(), "state", tagOf(state))
                            .description("1 for the state the circuit breaker is in, 0 for the others")
                            .register(registry);
                }
            }
        }
    }

    private static String tagOf(Breaker.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double isIn(CacheService service, String backend, Breaker.State state) {
        BackendInfo info = service.on(backend).backends().get(backend);
        return info != null && state.name().equals(info.circuitBreaker()) ? 1 : 0;
    }

    private static double pending(CacheService service) {
        return service.metrics().pendingInvalidations();
    }

    private void bindMissing() {
        if (service == null) {
            return;
        }
        for (String name : service.cacheNames()) {
            for (Map.Entry<MeterRegistry, Set<String>> registry : bound.entrySet()) {
                if (!registry.getValue().contains(name)) {
                    service.find(name).ifPresent(cache -> bind(cache, registry.getKey(), registry.getValue()));
                }
            }
        }
    }

    private void bind(Cache<Object> cache, MeterRegistry registry, Set<String> names) {
        if (!caches.containsKey(cache.name()) && caches.size() >= maxCaches) {
            if (!full) {
                full = true;
                log.warn("{} caches have meters; further ones have none (lexigram.cache.limits.caches)", maxCaches);
            }
            return;
        }
        names.add(cache.name());
        if (isMetered.test(cache.policy().backend())) {
            caches.computeIfAbsent(cache.name(), name -> new MetersOfCache(cache))
                    .bindTo(registry);
            bindPending(registry);
        }
    }
}
