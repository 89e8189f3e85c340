package io.lexigram.cache.load;

import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Renews a lease while its load runs, for a bounded time: a loader that hangs must not keep all processes waiting for ever.
 * Renewed three times in the life of a lease, so that one lost renewal does no harm.
 */
public final class LeaseKeeper implements AutoCloseable {

    private static final int RENEWALS_PER_LIFE = 3;

    private final SharedLoads loads;
    private final Lease lease;
    private final ScheduledFuture<?> renewal;
    private int renewalsLeft;

    private LeaseKeeper(SharedLoads loads, Lease lease, ScheduledExecutorService scheduler, long mostMillis) {
        long pause = Math.max(1, loads.leaseMillis() / RENEWALS_PER_LIFE);
        this.loads = loads;
        this.lease = lease;
        this.renewalsLeft = (int) Math.min(Integer.MAX_VALUE, mostMillis / pause);
        this.renewal = scheduler.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Keeps the lease until it is closed, and no longer than this many milliseconds. */
    public static LeaseKeeper keep(
            SharedLoads loads, Lease lease, ScheduledExecutorService scheduler, long mostMillis) {
        return new LeaseKeeper(loads, lease, scheduler, mostMillis);
    }

    private void renew() {
        if (renewalsLeft-- > 0) {
            loads.renew(lease);
        } else {
            renewal.cancel(false);
        }
    }

    @Override
    public void close() {
        renewal.cancel(false);
    }
}
