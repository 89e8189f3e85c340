package io.lexigram.cache.service;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.LeaseKeeper;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads what a batch lacks in one call, each key behind a fence of its own.
 *
 * <p>Keys that somebody else loads are waited for only after the batch has loaded and stored its own, so that two batches
 * never wait for each other.
 */
final class BatchLoads {

    private final Region region;
    private final Turns turns;
    private final Loads loads;
    private final Fills fills;

    BatchLoads(Region region, Loads loads) {
        this.region = region;
        this.turns = new Turns(region);
        this.loads = loads;
        this.fills = new Fills(region);
    }

    <V, X extends Throwable> Map<String, @Nullable V> getAll(
            Collection<String> keys,
            TypeRef<V> type,
            CachePolicy policy,
            CallOptions options,
            BatchLoader<? extends V, X> loader)
            throws X {
        return new Batch<V, X>(new LinkedHashSet<>(keys), type, policy, options, loader).outcome();
    }

    /** One caller's batch. */
    private final class Batch<V, X extends Throwable> {

        private final Set<String> keys;
        private final TypeRef<V> type;
        private final CachePolicy policy;
        private final CallOptions options;
        private final BatchLoader<? extends V, X> loader;
        private final Map<String, @Nullable V> values = new LinkedHashMap<>();
        private boolean isReadable = true;

        private Batch(
                Set<String> keys,
                TypeRef<V> type,
                CachePolicy policy,
                CallOptions options,
                BatchLoader<? extends V, X> loader) {
            this.keys = keys;
            this.type = type;
            this.policy = policy;
            this.options = options;
            this.loader = loader;
        }

        private Map<String, @Nullable V> outcome() throws X {
            Map<String, Turn> all = turns();
            Map<String, Turn.Lead> own = new LinkedHashMap<>();
            Set<String> others = new LinkedHashSet<>();
            all.forEach((key, turn) -> {
                if (turn instanceof Turn.Hit hit) {
                    values.put(key, StrictCache.value(hit.entry(), type));
                } else if (turn instanceof Turn.Lead lead) {
                    own.put(key, lead);
                } else if (turn instanceof Turn.Alone) {
                    own.put(key, new Turn.Lead(region.flights().reserve(key), null, null));
                } else {
                    others.add(key);
                }
            });
            load(own);
            for (String key : others) {
                waitFor(key);
            }
            return inOrder();
        }

        private Map<String, Turn> turns() {
            Map<String, LoadRequest<?>> requests = new LinkedHashMap<>();
            keys.forEach(key -> requests.put(key, new LoadRequest<>(key, type, policy, options, true)));
            try {
                return turns.nextOfMany(requests, type, Thread.currentThread());
            } catch (CacheException e) {
                region.rescue(policy, "reading", e);
                isReadable = false;
                Map<String, Turn> alone = new LinkedHashMap<>();
                keys.forEach(key -> alone.put(key, new Turn.Alone()));
                return alone;
            }
        }

        private void load(Map<String, Turn.Lead> own) throws X {
            if (own.isEmpty()) {
                return;
            }
            List<LeaseKeeper> keepers = fills.keep(own.values());
            boolean isLoaded = false;
            try {
                long started = region.engine().time().nanos();
                Map<String, ? extends @Nullable V> loaded = loader.load(Collections.unmodifiableSet(own.keySet()));
                long nanos = region.engine().time().nanos() - started;
                isLoaded = true;
                loaded.forEach((key, value) -> {
                    if (keys.contains(key)) {
                        values.put(key, value);
                    }
                });
                LoadRequest<V> request = new LoadRequest<>("", type, policy, options, isReadable);
                fills.succeededMany(own, loaded, request, nanos);
            } finally {
                if (!isLoaded) {
                    fills.failedMany(own.values());
                }
                keepers.forEach(LeaseKeeper::close);
                own.values().forEach(turn -> region.flights().close(turn.fence()));
            }
        }

        /** Another caller loads the key; where that comes to nothing, it is loaded here by itself. */
        private void waitFor(String key) throws X {
            boolean[] isAbsent = {false};
            AdaptiveLoader<V, X> single = context -> {
                Map<String, ? extends @Nullable V> loaded = loader.load(Set.of(key));
                isAbsent[0] = !loaded.containsKey(key);
                if (isAbsent[0]) {
                    context.doNotStore();
                }
                return loaded.get(key);
            };
            V value = loads.load(new LoadRequest<>(key, type, policy, options, true), single);
            if (!isAbsent[0]) {
                values.put(key, value);
            }
        }

        private Map<String, @Nullable V> inOrder() {
            Map<String, @Nullable V> ordered = new LinkedHashMap<>();
            for (String key : keys) {
                if (values.containsKey(key)) {
                    ordered.put(key, values.get(key));
                }
            }
            return ordered;
        }
    }
}
