package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Claim;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A namespace in two tiers whose loads are shared by all nodes: leases are the shared tier's, what they come to is copied. */
final class TieredLoads extends TieredStore implements SharedLoads {

    private final SharedLoads loads;

    <S extends EntryStore & SharedLoads> TieredLoads(String namespace, S shared, Copies copies, Coherence coherence) {
        super(namespace, shared, copies, coherence);
        this.loads = shared;
    }

    @Override
    public Claim claim(String key, TypeRef<?> type, GrantListener granted) {
        long ticket = copies.ticket();
        try {
            return copied(key, ticket, loads.claim(key, type, granted));
        } catch (CacheBackendException e) {
            StoredEntry standIn = copies.unconfirmed(key, type);
            if (standIn == null) {
                throw e;
            }
            return new Claim.Found(standIn);
        }
    }

    @Override
    public Map<String, Claim> claimMany(Collection<String> keys, TypeRef<?> type, GrantListener granted) {
        long ticket = copies.ticket();
        Map<String, Claim> claims = loads.claimMany(keys, type, granted);
        claims.forEach((key, claim) -> copied(key, ticket, claim));
        return claims;
    }

    @Override
    public Claim claimAnew(String key, TypeRef<?> type, StoredEntry seen, GrantListener granted) {
        long ticket = copies.ticket();
        return copied(key, ticket, loads.claimAnew(key, type, seen, granted));
    }

    @Override
    public Claim takeOver(String key, TypeRef<?> type, Claim.Busy busy, GrantListener granted) {
        long ticket = copies.ticket();
        return copied(key, ticket, loads.takeOver(key, type, busy, granted));
    }

    private Claim copied(String key, long ticket, Claim claim) {
        if (claim instanceof Claim.Found found) {
            keep(key, ticket, found.entry());
        }
        return claim;
    }

    @Override
    public boolean isCurrent(long stamp) {
        return loads.isCurrent(stamp);
    }

    @Override
    public CompletableFuture<Boolean> awaitEnd(String key, long token, Duration longestPause) {
        return loads.awaitEnd(key, token, longestPause);
    }

    @Override
    public CompletableFuture<@Nullable Lease> reserve(String key) {
        return loads.reserve(key);
    }

    /** Nobody is told: where there was a copy elsewhere, it was one of what this replaces before its end. */
    @Override
    public boolean fill(Lease lease, StoredEntry entry) {
        long ticket = copies.ticket();
        boolean isStored = loads.fill(lease, entry);
        if (isStored) {
            copies.settle(lease.key(), ticket, entry);
        }
        return isStored;
    }

    /** How many were stored is known, which ones is not: they are copied when they are read. */
    @Override
    public long fillMany(Map<Lease, StoredEntry> entries) {
        try {
            return loads.fillMany(entries);
        } finally {
            entries.keySet().forEach(lease -> copies.drop(lease.key()));
        }
    }

    @Override
    public void renew(Lease lease) {
        loads.renew(lease);
    }

    @Override
    public long leaseMillis() {
        return loads.leaseMillis();
    }

    @Override
    public void release(Lease lease, boolean uncacheable) {
        loads.release(lease, uncacheable);
    }
}
