package io.lexigram.cache.backend;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.Trips.Answer;
import io.lexigram.cache.backend.Trips.Answers;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.Leases;
import io.lexigram.cache.spi.Claim;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.SharedLoads;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store that keeps the leases of loads beside the values. */
final class LeasedStore extends EncodedStore implements SharedLoads {

    /** How long a reservation lasts at most, such as that of a transaction until its commit. */
    private static final long RESERVATION_MILLIS = 60_000;

    private final Leases leases;
    private final LeaseWaits waits;

    LeasedStore(
            ByteBackend backend,
            Leases leases,
            LeaseWaits waits,
            KeyCodec keys,
            Deadline deadline,
            TimeSource time,
            StoreSpec spec,
            Freshness freshness) {
        super(backend, keys, deadline, time, spec, freshness);
        this.leases = leases;
        this.waits = waits;
    }

    @Override
    public Claim claim(String key, TypeRef<?> type, GrantListener granted) {
        return claiming(key, type, granted).claim();
    }

    @Override
    public Claim claimAnew(String key, TypeRef<?> type, StoredEntry seen, GrantListener granted) {
        return claiming(key, type, granted).claimAnew(seen);
    }

    @Override
    public Claim takeOver(String key, TypeRef<?> type, Claim.Busy busy, GrantListener granted) {
        return claiming(key, type, granted).takeOver(busy);
    }

    /** Makes sure that the ends of other processes' leases are heard. */
    void listen() {
        waits.listen();
    }

    Leases leases() {
        return leases;
    }

    long nowMillis() {
        return time.millis();
    }

    private Claiming claiming(String key, TypeRef<?> type, GrantListener granted) {
        return new Claiming(this, key, type, new Grant(leases, key, physical(key), granted));
    }

    @Override
    public Map<String, Claim> claimMany(Collection<String> keys, TypeRef<?> type, GrantListener granted) {
        Map<String, Claim> claims = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            return claims;
        }
        List<Claiming> all = new ArrayList<>(keys.size());
        keys.forEach(key -> all.add(claiming(key, type, granted)));
        Answers answers = askAll(all);
        for (int i = 0; i < all.size(); i++) {
            Answer answer = new Answer(answers.values().get(i), answers.remainingMillis(i), answers.stamp());
            claims.put(all.get(i).key(), all.get(i).judge(answer));
        }
        return claims;
    }

    private Answers askAll(List<Claiming> all) {
        List<byte[]> physical = all.stream().map(Claiming::physical).toList();
        List<byte[]> records = all.stream().map(Claiming::record).toList();
        try {
            return trips.readMany(
                    () -> leases.claimMany(physical, records, Grant.LEASE_MILLIS)
                            .thenApply(values -> {
                                for (int i = 0; i < values.size(); i++) {
                                    all.get(i).grant().answered(values.get(i));
                                }
                                return values;
                            }),
                    physical);
        } catch (CacheException e) {
            all.forEach(claiming -> claiming.grant().abandon());
            throw e;
        }
    }

    @Override
    public boolean isCurrent(long stamp) {
        return freshness.isQuiet(stamp);
    }

    @Override
    public CompletableFuture<Boolean> awaitEnd(String key, long token, Duration longestPause) {
        return waits.await(physical(key), token, longestPause);
    }

    @Override
    public CompletableFuture<@Nullable Lease> reserve(String key) {
        Grant grant = new Grant(leases, key, physical(key), (reserved, token) -> {});
        long stamp = stamp();
        byte[] record = Envelope.lease(grant.token(), grant.token(), Envelope.RESERVED, stamp)
                .toBytes();
        return deadline.within(() -> leases.reserve(grant.physical(), record, grant.token(), RESERVATION_MILLIS))
                .thenApply(reserved -> reserved ? new Lease(key, grant.token(), stamp) : null);
    }

    @Override
    public boolean fill(Lease lease, StoredEntry entry) {
        byte[] physical = physical(lease.key());
        try {
            ByteEntry bytes = byteEntry(physical, lease.key(), entry, lease.stamp());
            return deadline.await(() -> leases.fill(bytes, lease.token()));
        } catch (CacheException e) {
            release(lease, false);
            throw e;
        }
    }

    @Override
    public long fillMany(Map<Lease, StoredEntry> entries) {
        List<ByteEntry> bytes = new ArrayList<>(entries.size());
        List<Long> tokens = new ArrayList<>(entries.size());
        try {
            entries.forEach((lease, entry) -> {
                bytes.add(byteEntry(physical(lease.key()), lease.key(), entry, lease.stamp()));
                tokens.add(lease.token());
            });
            return deadline.await(() -> leases.fillMany(bytes, tokens), bytes.size()).stream()
                    .filter(stored -> stored)
                    .count();
        } catch (CacheException e) {
            entries.keySet().forEach(lease -> release(lease, false));
            throw e;
        }
    }

    @Override
    public void renew(Lease lease) {
        deadline.forget(() -> leases.renew(physical(lease.key()), lease.token(), leaseMillis()));
    }

    @Override
    public long leaseMillis() {
        return Grant.LEASE_MILLIS;
    }

    @Override
    public void release(Lease lease, boolean uncacheable) {
        deadline.forget(() -> leases.release(physical(lease.key()), lease.token(), uncacheable));
    }
}
