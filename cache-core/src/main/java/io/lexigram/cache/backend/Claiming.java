package io.lexigram.cache.backend;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.Trips.Answer;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.Claim;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One caller's way to a value or to the lease of its key. It is one trip where there is a value, nothing, or the lease of
 * somebody else; what must not be served costs another one, which takes the lease over it.
 */
final class Claiming {

    /** How often a claim follows a key that changes under its hands before it lets the others go first. */
    private static final int MOST_TURNS = 8;

    private final LeasedStore store;
    private final String key;
    private final TypeRef<?> type;
    private final Grant grant;

    Claiming(LeasedStore store, String key, TypeRef<?> type, Grant grant) {
        this.store = store;
        this.key = key;
        this.type = type;
        this.grant = grant;
    }

    String key() {
        return key;
    }

    byte[] physical() {
        return grant.physical();
    }

    Grant grant() {
        return grant;
    }

    /** The lease record to leave under the key. */
    byte[] record() {
        return Envelope.lease(grant.token(), grant.token(), Envelope.NEVER, store.freshness.known())
                .toBytes();
    }

    Claim claim() {
        return judge(ask());
    }

    Claim claimAnew(StoredEntry seen) {
        return take(seen.id(), 0, seen, MOST_TURNS);
    }

    Claim takeOver(Claim.Busy busy) {
        return take(busy.entryId(), busy.token(), busy.stale(), MOST_TURNS);
    }

    Claim judge(Answer answer) {
        return judge(answer, MOST_TURNS);
    }

    private Claim judge(Answer answer, int turns) {
        byte[] bytes = answer.value();
        if (bytes == null) {
            return granted(answer.stamp(), null);
        }
        boolean enveloped = Envelope.isEnvelope(bytes);
        long id = enveloped ? Envelope.entryId(bytes) : 0;
        if (enveloped && Envelope.isLease(bytes)) {
            return turns > 0 && Envelope.leaseUntil(bytes) == Envelope.RESERVED
                    ? take(id, 0, null, turns - 1)
                    : new Claim.Busy(Envelope.leaseToken(bytes), id, null);
        }
        List<byte[]> undecodable = new ArrayList<>(0);
        StoredEntry entry = store.decode(key, physical(), bytes, answer.remainingMillis(), type, undecodable);
        if (entry != null && !entry.isStale(store.nowMillis())) {
            return new Claim.Found(entry);
        }
        if (enveloped && turns > 0) {
            return take(id, 0, entry, turns - 1);
        }
        store.discard(undecodable);
        return undecodable.isEmpty() || turns == 0 ? new Claim.Taken() : judge(ask(), turns - 1);
    }

    /** Takes the lease over what was seen; the stale value is what may be served where the load fails. */
    private Claim take(long seenId, long voidToken, @Nullable StoredEntry stale, int turns) {
        Answer answer = ask(() -> store.leases().takeOver(physical(), record(), Grant.LEASE_MILLIS, seenId, voidToken));
        byte[] bytes = answer.value();
        if (bytes == null) {
            return granted(answer.stamp(), stale);
        }
        if (bytes.length == 0) {
            return judge(ask(), turns);
        }
        boolean unchanged = Envelope.isEnvelope(bytes) && Envelope.entryId(bytes) == seenId;
        return unchanged ? new Claim.Busy(Envelope.leaseToken(bytes), seenId, stale) : judge(answer, turns);
    }

    private Claim granted(long stamp, @Nullable StoredEntry stale) {
        store.listen();
        return new Claim.Granted(new Lease(key, grant.token(), stamp), stale);
    }

    private Answer ask() {
        return ask(() -> store.leases().claim(physical(), record(), Grant.LEASE_MILLIS));
    }

    private Answer ask(Supplier<CompletionStage<byte @Nullable []>> question) {
        try {
            return store.trips.read(
                    () -> question.get().thenApply(value -> {
                        grant.answered(value);
                        return value;
                    }),
                    physical());
        } catch (CacheException e) {
            grant.abandon();
            throw e;
        }
    }
}
