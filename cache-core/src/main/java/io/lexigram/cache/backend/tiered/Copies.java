package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.invalidate.Groups;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one namespace. An entry is copied only if nothing that concerns it was dropped since before it was read, and
 * served only if nothing was since: whichever of a drop and a copy comes first, no copy outlives the drop.
 */
class Copies {

    private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 4;

    private final String namespace;
    private final EntryStore held;
    private final Drops drops;
    private final Groups groups;
    private final AtomicLong whole = new AtomicLong();
    private final Coherence coherence;
    private final TimeSource time;
    private final double lifeShare;

    /** @param lifeShare how much of an entry's remaining life its copy gets */
    Copies(String namespace, EntryStore held, Drops drops, Coherence coherence, TimeSource time, double lifeShare) {
        this.namespace = namespace;
        this.held = held;
        this.drops = drops;
        this.groups = new Groups(drops.clock(), drops.newTagStamps(), drops.tagsEverywhere());
        this.coherence = coherence;
        this.time = time;
        this.lifeShare = lifeShare;
    }

    EntryStore held() {
        return held;
    }

    /** The present moment, to be drawn before anything is read or written that {@link #keep} gets. */
    long ticket() {
        return drops.ticket();
    }

    /** The entry if it may be served without asking the backend. The channel is looked at first: it vouches for what follows. */
    @Nullable
    StoredEntry fresh(String key, TypeRef<?> type) {
        long now = time.nanos();
        if (!coherence.isProven(now)) {
            return null;
        }
        StoredEntry entry = held.read(key, type);
        return entry != null
                        && entry.note() instanceof Copy copy
                        && now - copy.freshUntilNanos() < 0
                        && drops.isHeard(copy.ticket())
                        && isValid(copy, entry)
                ? entry
                : null;
    }

    /** The entry, marked as not known to be current, if it may be served now that the backend does not answer. */
    @Nullable
    StoredEntry unconfirmed(String key, TypeRef<?> type) {
        if (!coherence.isUnconfirmedServed(time.nanos())) {
            return null;
        }
        StoredEntry entry = held.read(key, type);
        return entry != null
                        && entry.note() instanceof Copy copy
                        && drops.wasHeard(copy.ticket(), coherence.provenUntilNanos())
                        && isValid(copy, entry)
                        && time.millis() < entry.expiresAtMillis()
                ? entry.unconfirmed()
                : null;
    }

    /** The entry as one past its lifetime, if no invalidation that is known has hit it. */
    @Nullable
    StoredEntry lastResort(String key, TypeRef<?> type) {
        StoredEntry entry = held.read(key, type);
        if (entry == null || !(entry.note() instanceof Copy copy) || !isValid(copy, entry)) {
            return null;
        }
        long now = time.millis();
        if (now - entry.expiresAtMillis() >= entry.graceMillis()) {
            return null;
        }
        return entry.expiresAtMillis() <= now
                ? entry
                : entry.renewed(entry.createdAtMillis(), now - entry.createdAtMillis(), 1);
    }

    private boolean isValid(Copy copy, StoredEntry entry) {
        return whole.get() <= copy.ticket()
                && drops.isKept(copy.ticket())
                && groups.validSince(copy.ticket(), entry.tags());
    }

    /** Copies what was read. */
    void keep(String key, long ticket, StoredEntry entry) {
        Drops.Stripe stripe = drops.stripe(namespace, key);
        stripe.lock();
        try {
            if (stripe.isKept(ticket)) {
                hold(key, ticket, entry);
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Copies what was written, and refuses what others read or write at the same time: whose write was last is not known here. */
    void settle(String key, long ticket, StoredEntry entry) {
        Drops.Stripe stripe = drops.stripe(namespace, key);
        stripe.lock();
        try {
            boolean isMine = stripe.isKept(ticket);
            long now = drops.next();
            stripe.dropped(now);
            held.remove(key);
            if (isMine) {
                hold(key, ticket, entry);
            }
        } finally {
            stripe.unlock();
        }
    }

    /** Drops what the shared tier has not. */
    void forget(String key, long ticket) {
        Drops.Stripe stripe = drops.stripe(namespace, key);
        stripe.lock();
        try {
            if (stripe.isKept(ticket)) {
                held.remove(key);
            }
        } finally {
            stripe.unlock();
        }
    }

    final void hold(String key, long ticket, StoredEntry entry) {
        long share = life(entry);
        if (share <= 0 || entry.schema().equals(StoredEntry.COUNTER_SCHEMA)) {
            return;
        }
        entry.note(new Copy(ticket, time.nanos() + share));
        try {
            held.write(key, entry);
        } catch (CacheSerializationException e) {
            // It cannot be copied as the memory tier wants it, and stays where it is.
            held.remove(key);
        }
    }

    private long life(StoredEntry entry) {
        if (entry.expiresAtMillis() == StoredEntry.NEVER) {
            return Math.min(FOR_EVER_NANOS, coherence.longestLifeNanos());
        }
        double share = (entry.expiresAtMillis() - time.millis()) * lifeShare;
        return Math.min(TimeUnit.MILLISECONDS.toNanos((long) share), coherence.longestLifeNanos());
    }

    /** Forgets what has ended. @return how many they were */
    long cleanUp() {
        long unused = time.nanos(); // They end by the time that was asked for last.
        return held.cleanupExpired();
    }

    /** Drops a key. @return the moment after it */
    long drop(String key) {
        Drops.Stripe stripe = drops.stripe(namespace, key);
        stripe.lock();
        try {
            long now = drops.next();
            stripe.dropped(now);
            held.remove(key);
            return now;
        } finally {
            stripe.unlock();
        }
    }

    /** Drops all keys, also those that match a pattern only. */
    void dropAll() {
        Drops.later(whole, drops.next());
    }

    void dropTag(String tag) {
        groups.invalidate(tag);
    }
}
