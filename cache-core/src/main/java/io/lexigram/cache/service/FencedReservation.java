package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Reservation;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoredEntry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A fence in a user's hands. */
final class FencedReservation<V> implements Reservation<V> {

    private final Region region;
    private final Fence fence;
    private final @Nullable SharedLoads shared;
    private final @Nullable Lease lease;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final AtomicBoolean closed = new AtomicBoolean();

    FencedReservation(Region region, Fence fence, TypeRef<V> type, CachePolicy policy) {
        this.region = region;
        this.fence = fence;
        this.shared = region.sharedLoads();
        this.lease = shared == null ? null : lease(shared, fence.key());
        this.type = type;
        this.policy = policy;
    }

    /** The backend has it before the caller goes on: what is read from now on is read after the reservation. */
    private static @Nullable Lease lease(SharedLoads shared, String key) {
        try {
            return shared.reserve(key).exceptionally(failure -> null).join();
        } catch (CacheException e) {
            return null;
        }
    }

    @Override
    public boolean put(@Nullable V value, CallOptions options) {
        if (!EntryFactory.isStorable(value, policy)) {
            return false;
        }
        try {
            StoredEntry entry = region.engine().entries().entry(value, type, policy, options);
            return (shared == null || lease != null) && region.fill(fence, lease, entry);
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
            if (shared != null && lease != null) {
                shared.release(lease, false);
            }
        }
    }
}
