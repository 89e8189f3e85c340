package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What loads of both kinds, blocking and asynchronous, have in common: the second look before, the store after. */
final class Fills {

    private final Region region;

    Fills(Region region) {
        this.region = region;
    }

    /** What another load stored since this caller's miss; null where there is nothing, or the backend cannot tell. */
    @Nullable
    StoredEntry secondLook(LoadRequest<?> request) {
        if (!request.readable()) {
            return null;
        }
        try {
            return region.peek(request.key(), request.type());
        } catch (CacheException e) {
            region.faults().fault("reading before a load", e);
            return null;
        }
    }

    /** Stores what a load made, where value, load and policy allow it and the fence still stands. */
    void store(Fence fence, LoadRequest<?> request, LoadScope scope, @Nullable Object value, long loadNanos) {
        boolean wanted = scope.isStored() && request.readable() && Region.isStorable(value, request.policy());
        if (!wanted) {
            return;
        }
        try {
            StoredEntry entry = region.engine()
                    .entries()
                    .loaded(value, request.type(), request.policy(), request.options(), scope, loadNanos);
            region.fill(fence, entry);
        } catch (CacheException e) {
            if (!request.policy().failOpen()) {
                throw e;
            }
            region.faults().fault("storing a loaded value", e);
        }
    }

    void succeeded(long loadNanos) {
        region.counters().loads.increment();
        region.counters().loadNanos.add(loadNanos);
    }

    void failed() {
        region.counters().loads.increment();
        region.counters().loadFailures.increment();
    }
}
