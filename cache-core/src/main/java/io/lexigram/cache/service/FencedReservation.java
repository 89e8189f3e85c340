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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A fence in a user's hands. */
final class FencedReservation<V> implements Reservation<V> {

    private final Region region;
    private final Fence fence;
    private final @Nullable CompletableFuture<@Nullable Lease> lease;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final AtomicBoolean closed = new AtomicBoolean();

    FencedReservation(Region region, Fence fence, TypeRef<V> type, CachePolicy policy) {
        this.region = region;
        this.fence = fence;
        SharedLoads shared = region.sharedLoads();
        this.lease = shared == null ? null : shared.reserve(fence.key());
        this.type = type;
        this.policy = policy;
    }

    @Override
    public boolean put(@Nullable V value, CallOptions options) {
        if (!Region.isStorable(value, policy)) {
            return false;
        }
        try {
            StoredEntry entry = region.engine().entries().entry(value, type, policy, options);
            if (lease == null) {
                return region.fill(fence, null, entry);
            }
            Lease granted = lease.exceptionally(failure -> null).join();
            return granted != null && region.fill(fence, granted, entry);
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
            giveBack();
        }
    }

    private void giveBack() {
        SharedLoads shared = region.sharedLoads();
        if (lease != null && shared != null) {
            var unused = lease.thenAccept(granted -> {
                if (granted != null) {
                    shared.release(granted, false);
                }
            });
        }
    }
}
