package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.Fence;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A fence in a user's hands. */
final class FencedReservation<V> implements Reservation<V> {

    private final Region region;
    private final Fence fence;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final AtomicBoolean closed = new AtomicBoolean();

    FencedReservation(Region region, Fence fence, TypeRef<V> type, CachePolicy policy) {
        this.region = region;
        this.fence = fence;
        this.type = type;
        this.policy = policy;
    }

    @Override
    public boolean put(@Nullable V value, CallOptions options) {
        if (!Region.isStorable(value, policy)) {
            return false;
        }
        try {
            return region.fill(fence, region.engine().entries().entry(value, type, policy, options));
        } catch (CacheException e) {
            if (!policy.failOpen()) {
                throw e;
            }
            region.faults().fault("writing", e);
            return false;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            region.flights().close(fence);
        }
    }
}
