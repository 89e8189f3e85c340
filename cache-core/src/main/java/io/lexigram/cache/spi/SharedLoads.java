package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Loads that all processes share which use a store. An {@link EntryStore} implements this as well when its entries outlive the
 * process: the lease lives where the entries live, so that an invalidation takes it away with them.
 *
 * <p>An entry that a group invalidation has hit is never answered, not even as stale.
 */
public interface SharedLoads {

    /**
     * The value or, in the same trip, the lease to load it.
     *
     * @param granted hears of a lease that was granted before a later claim of this process can find it busy, and before this
     *     call returns; on any thread, where it must not block
     */
    Claim claim(String key, TypeRef<?> type, GrantListener granted);

    /** As {@link #claim}, for several keys in one trip per shard. Duplicates are refused. */
    Map<String, Claim> claimMany(Collection<String> keys, TypeRef<?> type, GrantListener granted);

    /**
     * Takes the lease to replace an entry that was read here, however long it would still live.
     *
     * @return granted, or busy where somebody else has the lease, or found where there is another entry by now
     */
    Claim claimAnew(String key, TypeRef<?> type, StoredEntry seen, GrantListener granted);

    /** Takes over a lease under which somebody loads what must not be served any more. */
    Claim takeOver(String key, TypeRef<?> type, Claim.Busy busy, GrantListener granted);

    /**
     * Whether a value loaded since this stamp may still be shared: no group that it could belong to was invalidated, as far as
     * this process has heard by its last read.
     */
    boolean isCurrent(long stamp);

    /**
     * Completes when the lease of this token has ended, whatever it came to, and takes no thread until then. To be cancelled
     * where nobody waits any more.
     *
     * @param longestPause between looks at the key; the end of a load is told sooner where the backend can
     * @return whether the load came to something that is not stored, so that who waits had better load without a lease
     */
    CompletableFuture<Boolean> awaitEnd(String key, long token, Duration longestPause);

    /**
     * The right to store a value later, without keeping anybody from loading, writing or removing the key meanwhile, each of
     * which ends it. Does not wait, but in a process that has not asked the backend anything yet: the stage tells whether there
     * is one, and completes within the deadline of the backend.
     */
    CompletableFuture<@Nullable Lease> reserve(String key);

    /** Stores what a load made. @return false where the lease is not the key's any more; nothing was stored then */
    boolean fill(Lease lease, StoredEntry entry);

    /** As {@link #fill}, in one trip. @return how many were stored */
    long fillMany(Map<Lease, StoredEntry> entries);

    /** Prolongs the lease from now, without waiting for the outcome. */
    void renew(Lease lease);

    /** How long a lease lives that nobody renews, in milliseconds. */
    long leaseMillis();

    /**
     * Gives a lease back, without waiting for the outcome.
     *
     * @param uncacheable whether the load came to something that is not stored
     */
    void release(Lease lease, boolean uncacheable);

    /** Hears of leases that were granted. */
    interface GrantListener {

        /** Hears of the lease of a key by its token. */
        void granted(String key, long token);
    }
}
