package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.event.CacheEvent;
import io.lexigram.cache.event.CacheEvent.Invalidated;
import io.lexigram.cache.event.EventDispatcher;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.spi.StoreListener;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in one cache: to its counters and its log what does not happen on every read, and all of it to the listeners
 * who want to know. For nobody it makes no event.
 */
final class RegionReport implements StoreListener {

    private final String cache;
    private final CachePolicy policy;
    private final Counters counters;
    private final FaultLog faults;
    private final EventDispatcher events;

    RegionReport(String cache, CachePolicy policy, Counters counters, FaultLog faults, EventDispatcher events) {
        this.cache = cache;
        this.policy = policy;
        this.counters = counters;
        this.faults = faults;
        this.events = events;
    }

    void hit(String key) {
        if (events.wantsHits()) {
            events.publish(new CacheEvent.Hit(cache, key));
        }
    }

    void missed(String key) {
        if (events.wantsMisses()) {
            events.publish(new CacheEvent.Miss(cache, key));
        }
    }

    void staleServed(String key) {
        counters.staleServed.increment();
        if (events.wantsStale()) {
            events.publish(new CacheEvent.StaleServed(cache, key));
        }
    }

    void stored(String key) {
        if (events.wantsPuts()) {
            events.publish(new CacheEvent.Put(cache, key));
        }
    }

    void stored(Collection<String> keys) {
        if (events.wantsPuts()) {
            keys.forEach(this::stored);
        }
    }

    void invalidated(Invalidated.Scope scope, Collection<String> names) {
        invalidated(events, cache, scope, names);
    }

    @Override
    public void removed(String key, RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            counters.evictions.increment();
        } else if (cause == RemovalCause.EXPIRED) {
            counters.expirations.increment();
        }
        if (events.wantsEvictions()) {
            events.publish(new CacheEvent.Evicted(cache, key, cause));
        }
    }

    @Override
    public void undecodable(String key, CacheSerializationException cause) {
        counters.undecodable.increment();
        faults.fault("decoding an entry", failed(key, cause));
    }

    /** The fault, with its place in it. */
    CacheException failed(@Nullable String key, CacheException fault) {
        counters.fault(fault);
        CacheException placed = fault.at(policy.backend(), cache, key == null ? null : shown(key));
        if (events.wantsFailures()) {
            events.publish(new CacheEvent.Failed(cache, key, placed));
        }
        return placed;
    }

    /** The key as a log line or an exception may show it. */
    String shown(String key) {
        return policy.sensitive() ? "***" : key;
    }

    /** Where no one cache is concerned. */
    static void invalidatedEverywhere(EventDispatcher events, Invalidated.Scope scope, Collection<String> names) {
        invalidated(events, null, scope, names);
    }

    /** Where no one cache is concerned. */
    static void failedEverywhere(EventDispatcher events, CacheException fault) {
        if (events.wantsFailures()) {
            events.publish(new CacheEvent.Failed(null, null, fault));
        }
    }

    private static void invalidated(
            EventDispatcher events, @Nullable String cache, Invalidated.Scope scope, Collection<String> names) {
        if (events.wantsInvalidations()) {
            Collection<String> all = scope == Invalidated.Scope.ALL ? List.of("") : names;
            all.forEach(name -> events.publish(new Invalidated(cache, scope, name)));
        }
    }
}
