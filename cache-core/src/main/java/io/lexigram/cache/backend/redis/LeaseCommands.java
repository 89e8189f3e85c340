package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes, keeps and ends leases. What loads take most often, the claim, is one native command; a server that refuses it because
 * it takes no writes at the moment is still asked for the value.
 */
final class LeaseCommands {

    private static final byte[] NO_BYTES = {};
    private static final byte[] YES = "1".getBytes(US_ASCII);

    private final byte[] wakeUps;

    /** @param wakeUps the channel through which those who wait are woken */
    LeaseCommands(byte[] wakeUps) {
        this.wakeUps = wakeUps;
    }

    CompletionStage<byte @Nullable []> claim(Link link, byte[] key, byte[] leaseRecord, long leaseMillis) {
        if (link.isOld()) {
            ScriptCall<byte[]> call = claimOnOld(key, leaseRecord, leaseMillis);
            return orValue(call.on(link), link, key);
        }
        return outcome(
                link.send(Commands.getOrSet(key, leaseRecord, leaseMillis)), link, key, leaseRecord, leaseMillis);
    }

    CompletionStage<List<byte @Nullable []>> claimMany(
            Link link, List<byte[]> keys, List<byte[]> leaseRecords, long leaseMillis) {
        Batch batch = new Batch(link);
        List<CompletionStage<byte[]>> claims = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            byte[] key = keys.get(i);
            byte[] record = leaseRecords.get(i);
            if (link.isOld()) {
                ScriptCall<byte[]> call = claimOnOld(key, record, leaseMillis);
                claims.add(batch.addWith(call.command(), sent -> orValue(call.outcome(sent, link), link, key)));
            } else {
                claims.add(batch.addWith(
                        Commands.getOrSet(key, record, leaseMillis),
                        sent -> outcome(sent, link, key, record, leaseMillis)));
            }
        }
        return batch.send().thenApply(done -> {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            claims.forEach(claim -> values.add(Batch.answer(claim)));
            return values;
        });
    }

    CompletionStage<byte @Nullable []> takeOver(
            Link link, byte[] key, byte[] leaseRecord, long leaseMillis, long seenId, long voidToken) {
        return ScriptCall.bytes(
                        Script.TAKE_OVER,
                        key,
                        leaseRecord,
                        millis(leaseMillis),
                        ScriptCall.bigEndian(seenId),
                        ScriptCall.bigEndian(voidToken))
                .on(link);
    }

    CompletionStage<Boolean> renew(Link link, byte[] key, long token, long leaseMillis) {
        return ScriptCall.number(Script.RENEW, key, ScriptCall.bigEndian(token), millis(leaseMillis))
                .on(link)
                .thenApply(count -> count == 1);
    }

    CompletionStage<Boolean> reserve(Link link, byte[] key, byte[] record, long token, long millis) {
        return ScriptCall.number(Script.RESERVE, key, record, ScriptCall.bigEndian(token), millis(millis))
                .on(link)
                .thenApply(count -> count == 1);
    }

    CompletionStage<Boolean> release(Link link, byte[] key, long token, boolean uncacheable) {
        return ScriptCall.number(
                        Script.RELEASE, key, ScriptCall.bigEndian(token), wakeUps, uncacheable ? YES : NO_BYTES)
                .on(link)
                .thenApply(count -> count == 1);
    }

    CompletionStage<byte @Nullable []> announceWaiter(Link link, byte[] key, long token) {
        return ScriptCall.bytes(Script.ANNOUNCE_WAITER, key, ScriptCall.bigEndian(token))
                .on(link);
    }

    private static CompletionStage<byte @Nullable []> outcome(
            CompletionStage<byte @Nullable []> sent, Link link, byte[] key, byte[] leaseRecord, long leaseMillis) {
        return orValue(
                sent.exceptionallyCompose(failure -> {
                    if (!Failures.isSyntax(Failures.withoutWrapping(failure))) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    link.foundOld();
                    return claimOnOld(key, leaseRecord, leaseMillis).on(link);
                }),
                link,
                key);
    }

    /** The value where no claim can be stored, and the refusal where there is none. */
    private static CompletionStage<byte @Nullable []> orValue(
            CompletionStage<byte @Nullable []> claim, Link link, byte[] key) {
        return Failures.orIfNoString(claim, NO_BYTES).exceptionallyCompose(failure -> {
            Throwable refusal = Failures.withoutWrapping(failure);
            if (!Failures.isWriteRefused(refusal)) {
                return CompletableFuture.failedFuture(failure);
            }
            return Reads.get(link, key).thenCompose(value -> {
                if (value == null) {
                    return CompletableFuture.failedFuture(refusal);
                }
                if (Failures.isReadOnly(refusal)) {
                    link.foundDemoted();
                }
                return CompletableFuture.completedFuture(value);
            });
        });
    }

    private static ScriptCall<byte[]> claimOnOld(byte[] key, byte[] leaseRecord, long leaseMillis) {
        return ScriptCall.bytes(Script.CLAIM, key, leaseRecord, millis(leaseMillis));
    }

    private static byte[] millis(long millis) {
        return Long.toString(millis).getBytes(US_ASCII);
    }
}
