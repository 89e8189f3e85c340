package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Entries and counters, for which a lease record is nothing. */
final class Values {

    /** Where an envelope says how long it is kept past its life: behind the times of its creation and its end. */
    private static final int OFFSET_GRACE = Envelope.HEADER_LENGTH + 2 * Long.BYTES;

    /** Below these, adding on the server cannot overflow. */
    private static final long MOST_ADDED = 1L << 40;

    private static final long MOST_ADDED_TO = 1L << 61;

    private final Items items;
    private final TimeSource time;

    Values(Items items, TimeSource time) {
        this.items = items;
        this.time = time;
    }

    CompletionStage<byte @Nullable []> get(byte[] key) {
        return items.get(Items.text(key)).thenApply(Values::bytes);
    }

    CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        String key = Items.text(entry.key());
        return ifAbsent
                ? items.edit(
                        key,
                        item -> item == null || item.isRecord()
                                ? Edit.write(true, entry.value(), expiry(entry.ttlMillis()))
                                : Edit.keep(false))
                : items.set(key, entry.value(), expiry(entry.ttlMillis()));
    }

    /** Both commands are sent at once; the first one tells what the second one removes. */
    CompletionStage<Boolean> delete(byte[] key) {
        CompletableFuture<@Nullable Item> before = items.get(Items.text(key));
        CompletableFuture<Boolean> deleted = items.delete(Items.text(key));
        return before.thenCombine(deleted, (item, done) -> done && (item == null || !item.isRecord()));
    }

    CompletionStage<Boolean> exists(byte[] key) {
        return items.get(Items.text(key)).thenApply(item -> item != null && !item.isRecord());
    }

    CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        long end = expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis;
        return items.edit(Items.text(key), item -> {
            if (item == null || item.isRecord()) {
                return Edit.keep(false);
            }
            boolean enveloped = item.isEnvelope();
            byte[] value = enveloped ? Bytes.with(item.value(), Envelope.OFFSET_EXPIRES_AT, end) : item.value();
            long kept = ttlMillis == StoredEntry.NEVER ? ttlMillis : ttlMillis + (enveloped ? grace(value) : 0);
            return Edit.write(true, value, expiry(kept));
        });
    }

    /** Of the envelope with this entry id only, and only where it would end sooner. */
    CompletionStage<Boolean> extend(byte[] key, long entryId, long ttlMillis, long expiresAtMillis) {
        long end = expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis;
        return items.edit(Items.text(key), item -> {
            if (item == null || item.isRecord() || !item.isEnvelope() || Envelope.entryId(item.value()) != entryId) {
                return Edit.keep(false);
            }
            long before = ByteBuffer.wrap(item.value()).getLong(Envelope.OFFSET_EXPIRES_AT);
            if (before == Envelope.NEVER || end != Envelope.NEVER && before >= end) {
                return Edit.keep(false);
            }
            long kept = ttlMillis == StoredEntry.NEVER ? ttlMillis : ttlMillis + grace(item.value());
            return Edit.write(true, Bytes.with(item.value(), Envelope.OFFSET_EXPIRES_AT, end), expiry(kept));
        });
    }

    /** By the end that the item notes: the server does not tell how long it still keeps it. */
    CompletionStage<Long> ttl(byte[] key) {
        return items.get(Items.text(key)).thenApply(item -> item == null || item.isRecord() ? -1L : remaining(item));
    }

    private long remaining(Item item) {
        if (!item.isEnvelope()) {
            return Expiry.remainingMillis(item, time.millis());
        }
        long end = ByteBuffer.wrap(item.value()).getLong(Envelope.OFFSET_EXPIRES_AT);
        return end == Envelope.NEVER ? StoredEntry.NEVER : Math.max(0, end + grace(item.value()) - time.millis());
    }

    CompletionStage<Long> increment(byte[] physical, long by, long ttlMillis) {
        String key = Items.text(physical);
        return items.get(key).thenCompose(item -> {
            if (item == null || item.isRecord()) {
                return items.replace(key, item, RawCounter.format(by), expiry(ttlMillis))
                        .thenCompose(stored -> stored ? done(by) : increment(physical, by, ttlMillis));
            }
            Long counted = RawCounter.parse(item.value());
            if (counted == null) {
                return CompletableFuture.failedFuture(
                        new CacheSerializationException("The key holds a value that is no counter"));
            }
            return counted >= 0 && counted < MOST_ADDED_TO && by > 0 && by < MOST_ADDED
                    ? addOnServer(physical, key, by, ttlMillis)
                    : add(physical, key, item, counted, by, ttlMillis);
        });
    }

    /** Unlike a change of what was read, this begins anew for no other counting. */
    private CompletionStage<Long> addOnServer(byte[] physical, String key, long by, long ttlMillis) {
        return items.increment(key, by)
                .exceptionallyCompose(failure -> Failures.isNoNumber(failure.getCause())
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure))
                .thenCompose(sum -> sum == null ? increment(physical, by, ttlMillis) : done(sum));
    }

    private CompletionStage<Long> add(byte[] physical, String key, Item item, long counted, long by, long ttlMillis) {
        long sum;
        try {
            sum = Math.addExact(counted, by);
        } catch (ArithmeticException e) {
            return CompletableFuture.failedFuture(
                    new ArithmeticException("The counter plus " + by + " leaves the 64 bits of a long"));
        }
        return items.replace(key, item, RawCounter.format(sum), Expiry.of(item, time.millis()))
                .thenCompose(stored -> stored ? done(sum) : increment(physical, by, ttlMillis));
    }

    /** Changes the header of a value that still has the entry id. */
    CompletionStage<Boolean> change(byte[] key, long entryId, UnaryOperator<byte[]> header) {
        return items.edit(
                Items.text(key),
                item -> item != null && item.isEnvelope() && Envelope.entryId(item.value()) == entryId
                        ? Edit.write(true, header.apply(item.value()), Expiry.of(item, time.millis()))
                        : Edit.keep(false));
    }

    private Expiry expiry(long ttlMillis) {
        return Expiry.in(ttlMillis, time.millis());
    }

    private static byte @Nullable [] bytes(@Nullable Item item) {
        return item == null ? null : item.value();
    }

    private static long grace(byte[] envelope) {
        return envelope.length < OFFSET_GRACE + Long.BYTES
                ? 0
                : Math.max(0, ByteBuffer.wrap(envelope).getLong(OFFSET_GRACE));
    }

    private static CompletionStage<Long> done(long sum) {
        return CompletableFuture.completedFuture(sum);
    }
}
