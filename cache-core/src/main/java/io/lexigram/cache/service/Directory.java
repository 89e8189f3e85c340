package io.lexigram.cache.service;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.CacheBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Finds backends, policies, regions and handles by name. */
final class Directory {

    static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private static final Duration LAST_DELIVERY = Duration.ofSeconds(1);

    private final Engine engine;
    private final Map<String, CacheBackend> backends;
    private final String defaultBackend;
    private final PolicyResolver policies;
    private final Breakers breakers;
    private final boolean failOpen;
    private final Regions regions;
    private final RecentHandles handles;
    private final FaultLog faults;
    private final ConcurrentHashMap<String, CacheSpec<?>> specs = new ConcurrentHashMap<>();
    private final Set<String> askedFor = ConcurrentHashMap.newKeySet();
    private final List<Runnable> beforeClose = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterClose = new CopyOnWriteArrayList<>();

    Directory(
            Engine engine,
            Map<String, CacheBackend> backends,
            String defaultBackend,
            PolicyResolver policies,
            Breakers breakers,
            boolean failOpen,
            int maxCaches) {
        this.engine = engine;
        this.backends = backends;
        this.defaultBackend = defaultBackend;
        this.policies = policies;
        this.breakers = breakers;
        this.failOpen = failOpen;
        this.regions = new Regions(engine, backends, maxCaches);
        this.handles = new RecentHandles(maxCaches);
        this.faults = new FaultLog("all", engine.time());
        policies.configuredNames().forEach(name -> open(CacheSpec.of(name, ANY).build(), null));
    }

    /** The namespace under which a key's entry is stored: empty for keys without one. */
    static String namespaceOf(CacheKey key) {
        return key.namespace() == null ? "" : namespaceOf(key.namespace());
    }

    static String namespaceOf(String cacheName) {
        return cacheName.equals(CacheService.UNNAMED) ? "" : cacheName;
    }

    private static String cacheName(String namespace) {
        return namespace.isEmpty() ? CacheService.UNNAMED : namespace;
    }

    Engine engine() {
        return engine;
    }

    Regions regions() {
        return regions;
    }

    Breakers breakers() {
        return breakers;
    }

    String defaultBackend() {
        return defaultBackend;
    }

    /** The backends by name; only the named one where a name is given. */
    Map<String, CacheBackend> backends(@Nullable String name) {
        return name == null ? backends : Map.of(name, requireBackend(name));
    }

    /** Runs operations on these backends without blocking. */
    Stages stages(@Nullable String name) {
        return new Stages(backends(name).values().stream().allMatch(CacheBackend::isLocal), engine.executor());
    }

    CacheBackend requireBackend(String name) {
        CacheBackend backend = backends.get(name);
        if (backend == null) {
            throw new CacheConfigurationException(
                    "backend", name, "there is no such backend; use one of " + backends.keySet());
        }
        return backend;
    }

    /** The typed handle of a spec, on the given backend or on the policy's. */
    <V> Cache<V> hold(CacheSpec<V> spec, @Nullable String backend) {
        Cache<V> handle = open(spec, backend);
        askedFor.add(spec.name());
        return handle;
    }

    private <V> Cache<V> open(CacheSpec<V> spec, @Nullable String backend) {
        CachePolicy policy = policies.resolve(spec, backend);
        Region region = regions.hold(namespaceOf(spec.name()), policy);
        if (backend == null) {
            specs.putIfAbsent(spec.name(), spec);
        }
        return new TypedCache<>(region, spec.type(), policy, other -> {
            requireBackend(other);
            return hold(spec, other);
        });
    }

    /** The cache of counters, on the given backend or on the policy's. */
    StrictCache<Long> counters(@Nullable String backend) {
        hold(CounterCache.SPEC, backend);
        CachePolicy policy = policies.resolve(CounterCache.SPEC, backend);
        Region region = regions.hold(CacheService.COUNTERS, policy);
        return new StrictCache<>(region, CounterCache.SPEC.type(), policy);
    }

    /** The handle through which a key of this namespace is reached. */
    <V> TypedCache<V> touch(String namespace, TypeRef<V> type, @Nullable String backend) {
        String name = cacheName(namespace);
        CacheSpec<?> known = specs.get(name);
        TypedCache<V> recent = handles.find(namespace, type, backend, known);
        if (recent != null) {
            recent.used();
            return recent;
        }
        CacheSpec<V> spec = known == null
                ? CacheSpec.of(name, type).build()
                : known.toBuilder(name, type).build();
        CachePolicy policy = policies.resolve(spec, backend);
        Region region = regions.touch(namespace, policy);
        TypedCache<V> handle = new TypedCache<>(region, type, policy, other -> touch(namespace, type, other));
        handles.keep(namespace, region, handle, backend, known);
        return handle;
    }

    boolean knows(String name) {
        return specs.containsKey(name)
                || regions.all().stream()
                        .anyMatch(region -> region.displayName().equals(name));
    }

    Set<String> configuredNames() {
        return policies.configuredNames();
    }

    /** Whether somebody has asked for the cache, or for a key in it. */
    boolean isUsed(String name) {
        return askedFor.contains(name)
                || regions.all().stream()
                        .anyMatch(region -> region.displayName().equals(name)
                                && region.counters().isAny());
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(specs.keySet());
        regions.all().forEach(region -> names.add(region.displayName()));
        return Collections.unmodifiableSet(names);
    }

    <T> T unwrap(@Nullable String backend, Class<T> type) {
        String name = backend == null ? defaultBackend : backend;
        T found = requireBackend(name).unwrap(type);
        if (found == null) {
            throw new IllegalArgumentException(
                    "Backend '" + name + "' has no " + type.getName() + " behind it, or is not connected yet");
        }
        return found;
    }

    /** Keeps a fault of an operation on all caches from the caller, or throws it. */
    void rescue(String operation, CacheException fault) {
        if (!failOpen || fault instanceof CacheKeyException) {
            throw fault;
        }
        faults.fault(operation, fault);
    }

    void beforeClose(Runnable action) {
        beforeClose.add(action);
    }

    void afterClose(Runnable action) {
        afterClose.add(action);
    }

    /** What backends were not told of invalidations is told first; then the breakers, and what is made of others, go first. */
    void close() {
        beforeClose.forEach(Runnable::run);
        engine.redelivery().finish(LAST_DELIVERY);
        breakers.close();
        List<CacheBackend> reversed = new ArrayList<>(backends.values());
        Collections.reverse(reversed);
        for (CacheBackend backend : reversed) {
            try {
                backend.close();
            } catch (CacheException e) {
                faults.fault("closing a backend", e);
            }
        }
        afterClose.forEach(Runnable::run);
    }
}
