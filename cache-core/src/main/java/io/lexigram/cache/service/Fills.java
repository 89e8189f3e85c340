package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.FailSafe;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.load.LeaseKeeper;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoredEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How loads of both kinds, blocking and asynchronous, end: what is stored, counted, and told to those who wait. */
final class Fills {

    private final Region region;

    Fills(Region region) {
        this.region = region;
    }

    /** Keeps the lease of a load alive until it is closed. */
    @Nullable
    LeaseKeeper keep(Turn.Lead turn) {
        SharedLoads shared = region.sharedLoads();
        if (turn.lease() == null || shared == null) {
            return null;
        }
        return LeaseKeeper.keep(
                shared,
                turn.lease(),
                region.engine().scheduler(),
                region.engine().protection().lockTtl().toMillis());
    }

    List<LeaseKeeper> keep(Collection<Turn.Lead> turns) {
        List<LeaseKeeper> keepers = new ArrayList<>();
        for (Turn.Lead turn : turns) {
            LeaseKeeper keeper = keep(turn);
            if (keeper != null) {
                keepers.add(keeper);
            }
        }
        return keepers;
    }

    /**
     * Hands the value to those who wait, then stores it where value, load and policy allow it and the fence still stands.
     *
     * @return what the load came to
     */
    @Nullable
    Object succeeded(
            Turn.Lead turn, LoadRequest<?> request, LoadScope scope, @Nullable Object returned, long loadNanos) {
        Object value = scope.outcome(returned);
        region.counters().loads.increment();
        region.counters().loadNanos.add(loadNanos);
        if (turn.fence() instanceof Flight flight) {
            flight.complete(value);
        }
        boolean storable = scope.isStored() && EntryFactory.isStorable(value, request.policy());
        boolean stored = false;
        try {
            stored = storable && isPlaceToStore(turn, request) && store(turn, request, scope, value, loadNanos);
        } finally {
            if (!stored) {
                release(turn.lease(), !storable);
            }
        }
        return value;
    }

    /** Where loads are shared, a value without a lease is for its caller alone. */
    private boolean isPlaceToStore(Turn.Lead turn, LoadRequest<?> request) {
        return request.readable()
                && request.options().isWritten()
                && (turn.lease() != null || region.sharedLoads() == null);
    }

    private boolean store(
            Turn.Lead turn, LoadRequest<?> request, LoadScope scope, @Nullable Object value, long loadNanos) {
        try {
            StoredEntry entry = region.engine()
                    .entries()
                    .loaded(value, request.type(), request.policy(), request.options(), scope, loadNanos);
            return region.fill(turn.fence(), turn.lease(), entry);
        } catch (CacheException e) {
            region.rescue(request.policy(), "storing a loaded value", e);
            return false;
        }
    }

    /**
     * Counts the failure, and lets a value past its lifetime stand in where there is one and nothing has invalidated it.
     *
     * @param mayStandIn false where the failure is the caller's own, such as an interrupt
     * @return what stands in, which those who wait have got too; null where the failure is theirs and the caller's
     */
    @Nullable
    StoredEntry failed(Turn.Lead turn, LoadRequest<?> request, Throwable failure, boolean mayStandIn) {
        region.counters().loads.increment();
        region.counters().loadFailures.increment();
        StoredEntry stale = turn.stale();
        FailSafe failSafe = request.policy().failSafe();
        if (!mayStandIn
                || stale == null
                || failSafe == null
                || !mayStandIn(turn, request, failure)
                || !storeAgain(turn, request, stale, failSafe)) {
            release(turn.lease(), false);
            return null;
        }
        region.told().staleServed(request.key());
        if (turn.fence() instanceof Flight flight) {
            flight.complete(stale.value());
        }
        return stale;
    }

    /** Whether there is a value that may stand in for this failure, if nothing has invalidated it. */
    boolean mayStandIn(Turn.Lead turn, LoadRequest<?> request, Throwable failure) {
        StoredEntry stale = turn.stale();
        return stale != null
                && request.policy().failSafe() != null
                && failure instanceof Exception
                && region.isStale(stale);
    }

    /** Whether the value may be served; it is stored for a while, so that not every caller tries the load anew. */
    private boolean storeAgain(Turn.Lead turn, LoadRequest<?> request, StoredEntry stale, FailSafe failSafe) {
        if (!request.readable()) {
            return isUnrevoked(turn.fence(), stale);
        }
        StoredEntry throttled = region.engine().entries().throttled(stale, failSafe);
        if (throttled == null) {
            return false;
        }
        try {
            return region.fill(turn.fence(), turn.lease(), throttled);
        } catch (CacheException e) {
            region.rescue(request.policy(), "storing a stale value", e);
            return true;
        }
    }

    private boolean isUnrevoked(Fence fence, StoredEntry entry) {
        if (!fence.beginFill()) {
            return false;
        }
        try {
            return region.flights().groupsValid(fence, entry.tags());
        } finally {
            fence.endFill();
        }
    }

    private void release(@Nullable Lease lease, boolean uncacheable) {
        SharedLoads shared = region.sharedLoads();
        if (lease != null && shared != null) {
            shared.release(lease, uncacheable);
        }
    }

    /** As {@link #succeeded}, of a batch that was loaded by one call; the turns are by key. */
    void succeededMany(Map<String, Turn.Lead> turns, Map<String, ?> loaded, LoadRequest<?> request, long loadNanos) {
        region.counters().loads.increment();
        region.counters().loadNanos.add(loadNanos);
        Map<Turn.Lead, StoredEntry> entries = new LinkedHashMap<>();
        turns.forEach((key, turn) -> {
            if (turn.fence() instanceof Flight flight) {
                if (loaded.containsKey(key)) {
                    flight.complete(loaded.get(key));
                } else {
                    flight.abandon();
                }
            }
            Object value = loaded.get(key);
            boolean storable = loaded.containsKey(key) && EntryFactory.isStorable(value, request.policy());
            if (storable && isPlaceToStore(turn, request)) {
                entries.put(
                        turn,
                        region.engine().entries().entry(value, request.type(), request.policy(), request.options()));
            } else {
                release(turn.lease(), loaded.containsKey(key));
            }
        });
        Set<Turn.Lead> admitted = Set.of();
        try {
            admitted = fillMany(entries);
        } catch (CacheException e) {
            region.rescue(request.policy(), "storing loaded values", e);
        } finally {
            entries.keySet().removeAll(admitted);
            entries.keySet().forEach(turn -> release(turn.lease(), false));
        }
    }

    /** As {@link #failed}, of a batch; those who wait for one of its keys load by themselves. */
    void failedMany(Collection<Turn.Lead> turns) {
        region.counters().loads.increment();
        region.counters().loadFailures.increment();
        for (Turn.Lead turn : turns) {
            release(turn.lease(), false);
            if (turn.fence() instanceof Flight flight) {
                flight.abandon();
            }
        }
    }

    /** Stores a batch in one trip. @return the turns whose fences and groups admitted their entries */
    private Set<Turn.Lead> fillMany(Map<Turn.Lead, StoredEntry> entries) {
        Map<Turn.Lead, StoredEntry> admitted = new LinkedHashMap<>();
        List<Fence> filling = new ArrayList<>();
        try {
            entries.forEach((turn, entry) -> {
                if (turn.fence().beginFill()) {
                    filling.add(turn.fence());
                    if (region.flights().groupsValid(turn.fence(), entry.tags())) {
                        admitted.put(turn, entry);
                    }
                }
            });
            region.counters().puts.add(admitted.size());
            if (!admitted.isEmpty()) {
                region.<@Nullable Void>call(null, () -> {
                    storeMany(admitted);
                    return null;
                });
                admitted.keySet()
                        .forEach(turn -> region.told().stored(turn.fence().key()));
            }
            return admitted.keySet();
        } finally {
            filling.forEach(Fence::endFill);
        }
    }

    private void storeMany(Map<Turn.Lead, StoredEntry> entries) {
        SharedLoads shared = region.sharedLoads();
        if (shared == null) {
            Map<String, StoredEntry> byKey = new LinkedHashMap<>();
            entries.forEach((turn, entry) -> byKey.put(turn.fence().key(), entry));
            region.store().writeMany(byKey);
            return;
        }
        Map<Lease, StoredEntry> byLease = new LinkedHashMap<>();
        entries.forEach((turn, entry) -> {
            if (turn.lease() != null) {
                byLease.put(turn.lease(), entry);
            }
        });
        shared.fillMany(byLease);
    }
}
