package io.lexigram.cache.service;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheInvalidationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.event.CacheEvent.Invalidated;
import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.invalidate.Groups;
import io.lexigram.cache.invalidate.Journal;
import io.lexigram.cache.invalidate.Undelivered;
import io.lexigram.cache.invalidate.Undelivered.Delivery;
import io.lexigram.cache.invalidate.Undelivered.Kind;
import io.lexigram.cache.invalidate.Undelivered.Scope;
import io.lexigram.cache.load.Flights;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations of one region: revoke, remove, revoke. What a load of before read cannot be stored after, nor be joined.
 *
 * <p>What the backend could not be told is kept and delivered later; until then it counts as absent on this node.
 */
final class Invalidations {

    private final Region region;
    private final String namespace;
    private final EntryStore store;
    private final Flights flights;
    private final Groups groups;
    private final Redelivery redelivery;
    private final Undelivered undelivered;
    private final @Nullable Journal journal;
    private final Delivery keys;
    private final Delivery patterns;
    private final Delivery tags;
    private final Delivery wholeNamespace;
    private final Delivery everything;

    Invalidations(Region region, String namespace, EntryStore store, CacheBackend backend, Groups groups) {
        this.region = region;
        this.namespace = namespace;
        this.store = store;
        this.flights = region.flights();
        this.groups = groups;
        this.redelivery = region.engine().redelivery();
        this.undelivered = redelivery.of(region.policy().backend());
        this.journal = redelivery.journal(region.policy().backend());
        this.keys = store::removeMany;
        this.patterns = all -> all.forEach(pattern -> {
            Glob glob = Glob.of(pattern);
            store.removeMatching(glob, glob.literalPrefix());
        });
        this.tags = all -> all.forEach(store::removeTagged);
        this.wholeNamespace = none -> store.clear();
        this.everything = none -> backend.clear();
    }

    /** Whether the key was invalidated and the backend does not know of it yet. */
    boolean isAwaited(String key) {
        return undelivered.hits(namespace, key);
    }

    /** @throws CacheInvalidationException when the key was invalidated and the backend does not know of it yet */
    void requireDelivered(String key) {
        if (isAwaited(key)) {
            throw CacheInvalidationException.pending(Set.of(region.shown(key)), null);
        }
    }

    boolean remove(String key) {
        CacheKey.of(key);
        region.counters().deletes.increment();
        return invalidating(
                Invalidated.Scope.KEY,
                Set.of(key),
                () -> flights.revoke(key),
                List.of(new Part(Scope.key(namespace, key), null, keys)),
                () -> region.call(key, () -> store.remove(key)));
    }

    long removeMany(Collection<String> some) {
        return removeMany(some, store::removeMany);
    }

    /** As {@link #removeMany(Collection)}, of what the removal takes. */
    long removeMany(Collection<String> some, ToLongFunction<Collection<String>> removal) {
        some.forEach(CacheKey::of);
        region.counters().deletes.add(some.size());
        return invalidating(
                Invalidated.Scope.KEY,
                some,
                () -> some.forEach(flights::revoke),
                some.stream()
                        .map(key -> new Part(Scope.key(namespace, key), null, keys))
                        .toList(),
                () -> region.call(null, () -> removal.applyAsLong(some)));
    }

    long removeMatching(Glob glob) {
        region.counters().deletes.increment();
        return invalidating(
                Invalidated.Scope.PATTERN,
                Set.of(glob.toString()),
                () -> flights.revoke(glob),
                List.of(new Part(new Scope(Kind.PATTERN, namespace, glob.toString()), glob, patterns)),
                () -> region.call(null, () -> store.removeMatching(glob, glob.literalPrefix())));
    }

    long removeTagged(Collection<String> some) {
        region.counters().deletes.increment();
        some.forEach(groups::invalidate);
        flights.awaitFills();
        return invalidating(
                Invalidated.Scope.TAG,
                some,
                () -> {},
                some.stream()
                        .map(tag -> new Part(new Scope(Kind.TAG, namespace, tag), null, tags))
                        .toList(),
                () -> {
                    long removed = 0;
                    for (String tag : some) {
                        removed += region.call(null, () -> store.removeTagged(tag));
                    }
                    return removed;
                });
    }

    long clear() {
        region.counters().deletes.increment();
        return invalidating(
                Invalidated.Scope.ALL,
                Set.of(),
                () -> flights.revoke(key -> true),
                List.of(new Part(Scope.namespace(namespace), null, wholeNamespace)),
                () -> region.call(null, store::clear));
    }

    /** A write failed: whether it had its effect is unknown, and what was there before is outdated. */
    void outdated(Collection<String> some) {
        if (!region.isLocal()) {
            some.forEach(key -> keep(new Part(Scope.key(namespace, key), null, keys)));
        }
    }

    /** What one delivery has to say. */
    private record Part(Scope scope, @Nullable Glob glob, Delivery delivery) {}

    private void keep(Part part) {
        undelivered.add(part.scope, part.glob, part.delivery, wholeNamespace, everything);
        redelivery.start(region.policy().backend());
    }

    private <T> T invalidating(
            Invalidated.Scope scope, Collection<String> names, Runnable revoke, List<Part> parts, Supplier<T> remove) {
        revoke.run();
        if (journal != null) {
            parts.forEach(part -> journal.add(part.scope, part.glob, part.delivery, wholeNamespace, everything));
        }
        try {
            return remove.get();
        } catch (CacheBackendException e) {
            if (region.isLocal()) {
                throw e;
            }
            parts.forEach(this::keep);
            List<String> shown = scope == Invalidated.Scope.KEY
                    ? names.stream().map(region::shown).toList()
                    : List.of();
            throw CacheInvalidationException.pending(shown, e)
                    .at(region.policy().backend(), region.displayName(), shown.size() == 1 ? shown.get(0) : null);
        } finally {
            revoke.run();
            region.told().invalidated(scope, names);
        }
    }
}
