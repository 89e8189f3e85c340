package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.WakeUpListener;
import io.lexigram.cache.spi.TimeSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes, keeps and ends leases. A lease record lives as long as its item; a lease in a value lives as long as the
 * {@link LeaseMark} beside it. What is written names the item that was read ({@code cas}), so that a removal or a write in
 * between is never overwritten.
 */
final class LeaseCommands {

    /** For how long those who wait can see that a load came to nothing that is stored. */
    private static final long TELLING_MILLIS = 2_000;

    private final Items items;
    private final TimeSource time;
    private final List<WakeUpListener> listeners = new CopyOnWriteArrayList<>();

    LeaseCommands(Items items, TimeSource time) {
        this.items = items;
        this.time = time;
    }

    /** There are no messages; who waits asks, and is told then. */
    void onWakeUp(WakeUpListener listener) {
        listeners.add(listener);
    }

    CompletionStage<byte @Nullable []> claim(byte[] key, byte[] leaseRecord, long leaseMillis) {
        Expiry lease = Expiry.in(leaseMillis, time.millis());
        return items.edit(
                        Items.text(key),
                        item -> item == null
                                ? Edit.write(Found.TAKEN, leaseRecord, lease)
                                : Edit.keep(new Found(item.value())))
                .thenApply(Found::bytes);
    }

    CompletionStage<byte @Nullable []> takeOver(
            byte[] physical, byte[] leaseRecord, long leaseMillis, long seenId, long voidToken) {
        Expiry lease = Expiry.in(leaseMillis, time.millis());
        long token = Envelope.leaseToken(leaseRecord);
        String key = Items.text(physical);
        return editMarked(key, (item, alive) -> {
                    if (item == null) {
                        return Edit.keep(Found.NOTHING);
                    }
                    byte[] value = item.value();
                    if (!item.isEnvelope() || Envelope.entryId(value) != seenId || alive && item.token() != voidToken) {
                        return Edit.keep(new Found(value));
                    }
                    if (item.isRecord()) {
                        return Edit.write(Found.TAKEN, leaseRecord, lease);
                    }
                    // Sent before the lease itself, and on the same connection: the lease is never seen without it.
                    var unused = mark(key, lease);
                    return Edit.write(
                            Found.TAKEN, Bytes.withLease(value, token, Envelope.NEVER), Expiry.of(item, time.millis()));
                })
                .thenApply(Found::bytes);
    }

    CompletionStage<Boolean> fill(ByteEntry entry, long token) {
        return items.edit(
                Items.text(entry.key()),
                item -> hasToken(item, token)
                        ? Edit.write(true, entry.value(), Expiry.in(entry.ttlMillis(), time.millis()))
                        : Edit.keep(false));
    }

    CompletionStage<Boolean> reserve(byte[] key, byte[] record, long token, long millis) {
        Expiry end = Expiry.in(millis, time.millis());
        return editMarked(Items.text(key), (item, alive) -> {
            if (item == null) {
                return Edit.write(true, record, end);
            }
            if (alive || !item.isEnvelope()) {
                return Edit.keep(false);
            }
            return item.isRecord()
                    ? Edit.write(true, record, end)
                    : Edit.write(
                            true,
                            Bytes.withLease(item.value(), token, Envelope.RESERVED),
                            Expiry.of(item, time.millis()));
        });
    }

    CompletionStage<Boolean> renew(byte[] physical, long token, long leaseMillis) {
        Expiry lease = Expiry.in(leaseMillis, time.millis());
        String key = Items.text(physical);
        return items.get(key).thenCompose(item -> {
            if (item == null || !hasToken(item, token)) {
                return CompletableFuture.completedFuture(false);
            }
            return item.isRecord()
                    ? items.write(
                            key, item, Edit.write(true, item.value(), lease), () -> renew(physical, token, leaseMillis))
                    : mark(key, lease);
        });
    }

    CompletionStage<Boolean> release(byte[] key, long token, boolean uncacheable) {
        return items.edit(Items.text(key), item -> {
            if (item == null || !hasToken(item, token)) {
                return Edit.keep(false);
            }
            if (!item.isRecord()) {
                return Edit.write(true, Bytes.withLease(item.value(), 0, 0), Expiry.of(item, time.millis()));
            }
            Expiry telling = new Expiry(Expiry.in(TELLING_MILLIS, time.millis()).time(), Expiry.UNCACHEABLE);
            return uncacheable
                    ? Edit.write(true, Bytes.withLease(item.value(), 0, Envelope.RESERVED), telling)
                    : Edit.remove(true);
        });
    }

    CompletionStage<byte @Nullable []> announceWaiter(byte[] key, long token) {
        return editMarked(Items.text(key), (item, alive) -> {
                    if (item == null) {
                        return Edit.keep(Found.NOTHING);
                    }
                    if (alive && item.token() == token) {
                        return Edit.keep(Found.TAKEN);
                    }
                    if (item.isRecord() && item.flags() == Expiry.UNCACHEABLE) {
                        listeners.forEach(listener -> listener.wakeUp(key, true));
                    }
                    return Edit.keep(new Found(item.value()));
                })
                .thenApply(Found::bytes);
    }

    /**
     * As {@link Items#edit}, told whether there is a lease that lives. The mark is read behind the item and set before the
     * lease is written, so that a lease that was just taken is never seen without its mark.
     */
    private <T extends @Nullable Object> CompletionStage<T> editMarked(
            String key, BiFunction<@Nullable Item, Boolean, Edit<T>> decision) {
        CompletableFuture<@Nullable Item> read = items.get(key);
        CompletableFuture<@Nullable Item> mark = items.get(LeaseMark.of(key));
        return read.thenCombine(
                        mark,
                        (item, marked) -> items.write(
                                key,
                                item,
                                decision.apply(item, isAlive(item, marked != null)),
                                () -> editMarked(key, decision)))
                .thenCompose(done -> done);
    }

    private CompletionStage<Boolean> mark(String key, Expiry lease) {
        return items.set(LeaseMark.of(key), LeaseMark.VALUE, lease);
    }

    private static boolean isAlive(@Nullable Item item, boolean marked) {
        return item != null && item.token() != 0 && !item.isReserved() && (item.isRecord() || marked);
    }

    private static boolean hasToken(@Nullable Item item, long token) {
        return item != null && token != 0 && item.token() == token;
    }

    /**
     * The answer to who asks for a lease.
     *
     * @param bytes null where there is it, empty where there is nothing
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(byte @Nullable [] bytes) {

        static final Found TAKEN = new Found(null);
        static final Found NOTHING = new Found(new byte[0]);
    }
}
