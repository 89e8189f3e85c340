package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.backend.tiered.BrokenParts.Doing;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Copies of a tier that has a fault. */
final class BrokenCopies extends Copies {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BrokenParts parts;
    private final Drops drops;
    private final String namespace;

    BrokenCopies(
            BrokenParts parts,
            String namespace,
            EntryStore held,
            Drops drops,
            Coherence coherence,
            TimeSource time,
            double lifeShare) {
        super(namespace, held, drops, coherence, time, lifeShare);
        this.parts = parts;
        this.drops = drops;
        this.namespace = namespace;
    }

    @Override
    void keep(String key, long ticket, StoredEntry entry) {
        pause();
        if (parts.fault() == TierFault.COPIED_AFTER_DROP) {
            copyWhatever(key, ticket, entry);
        } else {
            super.keep(key, ticket, entry);
        }
    }

    @Override
    void settle(String key, long ticket, StoredEntry entry) {
        pause();
        if (parts.fault() == TierFault.WRITTEN_AFTER_DROP) {
            copyWhatever(key, ticket, entry);
        } else {
            super.settle(key, ticket, entry);
        }
        parts.doing(Doing.WRITTEN);
    }

    @Override
    long drop(String key) {
        boolean isSecond = parts.doing() == Doing.REMOVED;
        parts.doing(Doing.OTHERWISE);
        return isSecond && parts.fault() == TierFault.DROPPED_ONCE ? drops.ticket() : super.drop(key);
    }

    private void copyWhatever(String key, long ticket, StoredEntry entry) {
        Drops.Stripe stripe = drops.stripe(namespace, key);
        stripe.lock();
        try {
            hold(key, ticket, entry);
        } finally {
            stripe.unlock();
        }
    }

    private void pause() {
        long end = System.nanoTime() + (parts.fault().isSlow() ? PAUSE_NANOS : 0);
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
