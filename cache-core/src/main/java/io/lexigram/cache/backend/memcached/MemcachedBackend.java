package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.ConnectionListener;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Entries as items of Memcached 1.4.14 or newer, through a client of its own that is made when it is first needed.
 *
 * <p>Stages end on threads of the client: what depends on them must not block there. A write that failed may have had its
 * effect, but is never sent again. Lifetimes are whole seconds; how much of one is left is told by the clocks of the
 * processes, which should agree to the second. Where the server drops the items that hold the generations, everything that was
 * stored before becomes invalid.
 *
 * <p>This one cannot list keys: there are no patterns, and what an invalidation of a group hits is not counted but left to
 * the server to drop. {@link #listingKeys} can.
 */
public class MemcachedBackend
        implements ByteBackend,
                ByteBackend.Batches,
                ByteBackend.Lifetimes,
                ByteBackend.Counters,
                ByteBackend.Leases,
                ByteBackend.Versions,
                ByteBackend.Generations {

    /** The protocol's limit of 250 bytes, less what sets a key apart that lies beside an entry's. */
    private static final int MOST_KEY_BYTES = 250 - VersionKeys.LENGTH;

    private final Client client;
    final Items items;
    private final Values values;
    private final VersionCommands versions;
    private final LeaseCommands leases;
    private final GenerationCommands generations;

    MemcachedBackend(Client client, KeyCodec keys, TimeSource time) {
        this.client = client;
        this.items = new Items(client);
        this.values = new Values(items, time);
        this.versions = new VersionCommands(items, values, time);
        this.leases = new LeaseCommands(items, time);
        this.generations = new GenerationCommands(items, keys, time);
    }

    /** The keys under a prefix as Memcached takes them: at most 250 bytes, and no blanks. */
    public static KeyCodec keys(String prefix) {
        return KeyCodec.withoutBlanks(prefix, MOST_KEY_BYTES);
    }

    /** A backend whose keys nobody lists. */
    public static MemcachedBackend connectingTo(MemcachedSettings settings, KeyCodec keys, TimeSource time) {
        return new MemcachedBackend(Client.of(settings, time.ticker()), keys, time);
    }

    /**
     * A backend that lists keys by having each server go through all of its items, and reads whole values to tell their tags
     * and whether they are only leases: patterns, and the count and clean-up of other invalidations, cost accordingly. Memcached
     * 1.5.6 or newer.
     */
    public static MemcachedBackend listingKeys(MemcachedSettings settings, KeyCodec keys, TimeSource time) {
        return new ListingMemcachedBackend(Client.of(settings, time.ticker()), settings, keys, time);
    }

    /** What the builder of a service takes, with the default deadline, as {@link #listingKeys} makes it. */
    public static CacheBackend at(List<String> servers, String keyPrefix) {
        KeyCodec keys = keys(keyPrefix);
        return new EncodedBackend(
                listingKeys(MemcachedSettings.of(servers), keys, TimeSource.SYSTEM),
                keys,
                EncodedBackend.DEFAULT_DEADLINE,
                TimeSource.SYSTEM);
    }

    @Override
    public String type() {
        return "memcached";
    }

    @Override
    public CompletionStage<byte @Nullable []> get(byte[] key) {
        String text = Items.asItIs(key);
        return VersionKeys.isValue(text) ? versions.get(text) : values.get(key);
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return values.set(entry, ifAbsent);
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return versions.delete(key);
    }

    /** Reads the clock, for without its server there is no reading and no writing. */
    @Override
    public CompletionStage<@Nullable Void> ping() {
        return generations.clock().thenAccept(clock -> {});
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return Items.each(keys, values::get);
    }

    @Override
    public CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries) {
        return Items.each(entries, entry -> values.set(entry, false)).thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return Items.each(keys, versions::delete)
                .thenApply(deleted -> deleted.stream().filter(found -> found).count());
    }

    @Override
    public CompletionStage<List<VersionedEntries.Outcome>> setVersions(List<VersionedBytes> all) {
        return versions.setAll(all);
    }

    @Override
    public CompletionStage<Long> deleteCurrent(List<byte[]> keys) {
        return Items.each(keys, versions::deleteCurrent)
                .thenApply(deleted -> deleted.stream().filter(found -> found).count());
    }

    @Override
    public CompletionStage<Boolean> exists(byte[] key) {
        return values.exists(key);
    }

    @Override
    public CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        return values.expire(key, ttlMillis, expiresAtMillis);
    }

    @Override
    public CompletionStage<Boolean> extend(byte[] key, long entryId, long ttlMillis, long expiresAtMillis) {
        return values.extend(key, entryId, ttlMillis, expiresAtMillis);
    }

    @Override
    public CompletionStage<Long> ttl(byte[] key) {
        return values.ttl(key);
    }

    @Override
    public boolean isTimedByServer() {
        return false;
    }

    @Override
    public CompletionStage<Long> increment(byte[] key, long by, long ttlMillis) {
        return values.increment(key, by, ttlMillis);
    }

    @Override
    public CompletionStage<byte @Nullable []> claim(byte[] key, byte[] leaseRecord, long leaseMillis) {
        return leases.claim(key, leaseRecord, leaseMillis);
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> claimMany(
            List<byte[]> keys, List<byte[]> leaseRecords, long leaseMillis) {
        return Items.each(
                IntStream.range(0, keys.size()).boxed().toList(),
                i -> leases.claim(keys.get(i), leaseRecords.get(i), leaseMillis));
    }

    @Override
    public CompletionStage<byte @Nullable []> takeOver(
            byte[] key, byte[] leaseRecord, long leaseMillis, long seenId, long voidToken) {
        return leases.takeOver(key, leaseRecord, leaseMillis, seenId, voidToken);
    }

    @Override
    public CompletionStage<Boolean> fill(ByteEntry entry, long token) {
        return leases.fill(entry, token);
    }

    @Override
    public CompletionStage<List<Boolean>> fillMany(List<ByteEntry> entries, List<Long> tokens) {
        return Items.each(
                IntStream.range(0, entries.size()).boxed().toList(), i -> leases.fill(entries.get(i), tokens.get(i)));
    }

    @Override
    public CompletionStage<Boolean> reserve(byte[] key, byte[] record, long token, long millis) {
        return leases.reserve(key, record, token, millis);
    }

    @Override
    public CompletionStage<Boolean> renew(byte[] key, long token, long leaseMillis) {
        return leases.renew(key, token, leaseMillis);
    }

    @Override
    public CompletionStage<Boolean> release(byte[] key, long token, boolean uncacheable) {
        return leases.release(key, token, uncacheable);
    }

    @Override
    public CompletionStage<byte @Nullable []> announceWaiter(byte[] key, long token) {
        return leases.announceWaiter(key, token);
    }

    /** There are no messages: a listener hears of the end of a lease when it asks for it. */
    @Override
    public void onWakeUp(WakeUpListener listener) {
        leases.onWakeUp(listener);
    }

    @Override
    public CompletionStage<byte @Nullable []> clock() {
        return generations.clock();
    }

    @Override
    public CompletionStage<byte[]> advance(List<byte[]> groups, byte[] newClock, long nonce) {
        return generations.advance(groups, newClock, nonce);
    }

    @Override
    public CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp) {
        return Items.each(
                        IntStream.range(0, keys.size()).boxed().toList(),
                        i -> values.change(
                                keys.get(i),
                                entryIds.get(i),
                                value -> Bytes.with(value, Envelope.OFFSET_GROUP_SEQ, stamp)))
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Changes> changesSince(byte[] clock) {
        return generations.changesSince(clock);
    }

    @Override
    public CompletionStage<byte[]> restart(byte[] seen, byte[] newClock) {
        return generations.restart(seen, newClock);
    }

    @Override
    public CompletionStage<List<Long>> stamps(List<byte[]> groups) {
        return generations.stamps(groups);
    }

    /** Each page has a floor of its own, which is in the stamps. */
    @Override
    public CompletionStage<Long> floor() {
        return CompletableFuture.completedFuture(0L);
    }

    /** While one of several servers can be reached, the backend can. */
    @Override
    public void watch(ConnectionListener listener) {
        client.watch(listener);
    }

    /** Knows the client of xmemcached, once there is one; with TLS there is none. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        Object library = client.library();
        return type.isInstance(library) ? type.cast(library) : null;
    }

    @Override
    public void close() {
        client.close();
    }
}
