package io.lexigram.cache.service;

import io.lexigram.cache.CacheCapacityException;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The regions of a service, by namespace and backend.
 *
 * <p>Bounded: regions that a typed handle holds are refused beyond the bound; a region that came to be only because a key named
 * its namespace gives way, least recently used first.
 */
final class Regions {

    private final Engine engine;
    private final Map<String, CacheBackend> backends;
    private final int maxRegions;
    private final ConcurrentHashMap<Id, Region> open = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Id, Boolean> held = new ConcurrentHashMap<>();

    Regions(Engine engine, Map<String, CacheBackend> backends, int maxRegions) {
        this.engine = engine;
        this.backends = backends;
        this.maxRegions = maxRegions;
    }

    /** The region a typed handle is about to hold. */
    Region hold(String namespace, CachePolicy policy) {
        Id id = new Id(namespace, policy.backend());
        boolean first = held.putIfAbsent(id, true) == null;
        if (first && held.size() > maxRegions) {
            held.remove(id);
            throw new CacheCapacityException("There are " + maxRegions
                    + " caches already. A namespace per user or per request is a part of the key: use fewer caches.");
        }
        Region region = region(id, policy);
        if (first && StoreSetting.differing(region.policy(), policy).isPresent()) {
            release(id, region);
            return region(id, policy);
        }
        compatible(region, policy);
        return region;
    }

    /** The region a key names. */
    Region touch(String namespace, CachePolicy policy) {
        Region region = region(new Id(namespace, policy.backend()), policy);
        region.usage().used();
        return region;
    }

    Collection<Region> all() {
        return open.values();
    }

    Stream<Region> on(String backend) {
        return open.values().stream().filter(region -> region.policy().backend().equals(backend));
    }

    private Region region(Id id, CachePolicy policy) {
        Region known = open.get(id);
        if (known != null) {
            return known;
        }
        makeRoom();
        AtomicBoolean opened = new AtomicBoolean();
        Region region = open.computeIfAbsent(id, i -> {
            opened.set(true);
            CacheBackend backend = Objects.requireNonNull(backends.get(policy.backend()));
            Codec codec = Objects.requireNonNull(engine.codecs().get(policy.codec()));
            return new Region(id.namespace(), policy, backend, codec, engine);
        });
        if (opened.get()) {
            engine.events().publish(new CacheEvent.Opened(region.displayName()));
        }
        return region;
    }

    private void makeRoom() {
        if (open.size() < maxRegions) {
            return;
        }
        long now = engine.time().nanos();
        List<Map.Entry<Id, Region>> idle = open.entrySet().stream()
                .filter(entry -> !held.containsKey(entry.getKey()))
                .sorted(Comparator.comparingLong(
                        entry -> entry.getValue().usage().lastNanos() - now))
                .limit(Math.max(1, maxRegions / 10))
                .toList();
        idle.forEach(entry -> release(entry.getKey(), entry.getValue()));
    }

    private void release(Id id, Region region) {
        if (open.remove(id, region)) {
            region.close();
        }
    }

    /** All handles of a region share its store: what concerns the store must be the same for all. */
    private static void compatible(Region region, CachePolicy policy) {
        StoreSetting.differing(region.policy(), policy).ifPresent(setting -> {
            throw new CacheConfigurationException(
                    "lexigram.cache.caches." + region.displayName() + "." + setting.property(),
                    setting.of(policy),
                    "the cache is open already with '" + setting.of(region.policy())
                            + "'; give all its handles the same, or configure it once");
        });
    }

    private record Id(String namespace, String backend) {}
}
