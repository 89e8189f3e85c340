package io.lexigram.cache.backend.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lexigram.cache.backend.ConnectionListeners;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.channel.ChannelTransport;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.ConnectionListener;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionedEntries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Entries as Redis strings, on one connection of its own that is made when it is first needed, to a server, a Sentinel group
 * or a cluster. Redis 6.2 or newer.
 *
 * <p>Stages end on threads of the Redis client: what depends on them must not block there. A write that failed may have had
 * its effect, but is never sent again. The index of a tag may be lost where the server evicts keys on its own; entries then
 * no longer go by their tag.
 */
public final class RedisBackend
        implements ByteBackend,
                ByteBackend.Batches,
                ByteBackend.Lifetimes,
                ByteBackend.Counters,
                ByteBackend.KeyScan,
                ByteBackend.TagIndex,
                ByteBackend.AccessMarks,
                ByteBackend.Leases,
                ByteBackend.Versions,
                ByteBackend.Generations,
                ByteBackend.Losses,
                ChannelTransport.Source {

    /** An application's connection may wait for a minute; a scan or a sweep does not. */
    private static final long MOST_PATIENT_MILLIS = 5_000;

    private final LinkOpener opener;
    private final ConnectionListeners listeners = new ConnectionListeners();
    private final Connector connector;
    private final Waits waits;
    private final Writes writes;
    private final Removals removals;
    private final TagSweep sweep;
    private final LeaseCommands leases;
    private final GenerationCommands generations;
    private final byte[] wakeUpChannel;
    private final Subscription subscription;
    private final WakeUps wakeUps;
    private final KeyCodec keys;
    private final PrimaryWatch primaries;
    private final @Nullable SentinelWatch sentinels;

    RedisBackend(
            LinkOpener opener, KeyCodec keys, TimeSource time, Executor executor, RedisConnectionListener listener) {
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        TagIndexes indexes = new TagIndexes(keys, time.clock());
        this.opener = opener;
        this.listeners.add(listener);
        this.primaries = new PrimaryWatch(time.ticker());
        this.connector = new Connector(
                this::open, opener.address(), executor, time.ticker(), backoff, listeners, primaries::inPassing);
        String master = opener.sentinelMaster();
        this.subscription = new Subscription(opener::openForMessages, executor, backoff, time.ticker());
        this.sentinels =
                master == null ? null : new SentinelWatch(opener, master, executor, backoff, time.ticker(), this::turn);
        this.waits = new Waits(Duration.ofMillis(Math.min(opener.factory().getTimeout(), MOST_PATIENT_MILLIS)));
        this.wakeUpChannel = keys.auxiliary("wake", "");
        this.writes = new Writes(indexes, wakeUpChannel);
        this.removals = new Removals(wakeUpChannel);
        this.sweep = new TagSweep(connector, waits, indexes, wakeUpChannel);
        this.leases = new LeaseCommands(wakeUpChannel);
        this.wakeUps = new WakeUps(subscription, wakeUpChannel);
        this.keys = keys;
        this.generations = new GenerationCommands(keys);
    }

    /**
     * On a factory of the application, which is neither changed nor closed. Its time-outs and its behaviour on a cluster that
     * loses a node are the application's; a connection to a server is given up as soon as it breaks, whatever its options.
     *
     * @param keys makes the keys of the tags' indexes
     */
    public static RedisBackend using(
            LettuceConnectionFactory factory, KeyCodec keys, TimeSource time, RedisConnectionListener listener) {
        return new RedisBackend(new LinkOpener(factory, false), keys, time, RedisBackend::inNewThread, listener);
    }

    /** On a factory of its own, which is started by the first use and closed with the backend. */
    public static RedisBackend connectingTo(
            RedisSettings settings, KeyCodec keys, TimeSource time, RedisConnectionListener listener) {
        LettuceConnectionFactory factory = settings.connectionFactory();
        return new RedisBackend(new LinkOpener(factory, true), keys, time, RedisBackend::inNewThread, listener);
    }

    /** What the builder of a service takes, with the default deadline, on a connection of its own. */
    public static CacheBackend at(String url, String keyPrefix) {
        KeyCodec keys = new KeyCodec(keyPrefix);
        RedisSettings settings = RedisSettings.builder().url(url).build();
        return new EncodedBackend(
                connectingTo(settings, keys, TimeSource.SYSTEM, RedisConnectionListener.NONE),
                keys,
                EncodedBackend.DEFAULT_DEADLINE,
                TimeSource.SYSTEM);
    }

    private Link open() {
        if (sentinels != null) {
            sentinels.start();
        }
        Link link = opener.open();
        link.watch(generations, keys);
        primaries.ask(link);
        return link;
    }

    /** Goes to the server that is the primary now, with operations and with ears. */
    private void turn() {
        connector.renew();
        subscription.renew();
    }

    /** Connecting blocks and is rare. */
    private static void inNewThread(Runnable connecting) {
        Thread thread = new Thread(connecting, "lexigram-redis-connect");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public CompletionStage<byte @Nullable []> get(byte[] key) {
        return connector.submit(link -> Reads.get(link, key));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return connector.submit(link -> ifAbsent ? writes.setIfAbsent(link, entry) : writes.set(link, entry));
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return connector.submit(link -> removals.delete(link, key));
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return connector.submit(link -> link.commands().ping().thenAccept(pong -> {}));
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return connector.submit(link -> Reads.getMany(link, keys));
    }

    @Override
    public CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries) {
        return connector.submit(link -> writes.setMany(link, entries));
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return connector.submit(link -> removals.deleteMany(link, keys));
    }

    @Override
    public CompletionStage<Boolean> exists(byte[] key) {
        return connector.submit(link -> Reads.exists(link, key));
    }

    @Override
    public CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        return connector.submit(link -> writes.expire(link, key, ttlMillis, end(expiresAtMillis), null));
    }

    @Override
    public CompletionStage<Boolean> extend(byte[] key, long entryId, long ttlMillis, long expiresAtMillis) {
        byte[] id = ScriptCall.bigEndian(entryId);
        return connector.submit(link -> writes.expire(link, key, ttlMillis, end(expiresAtMillis), id));
    }

    private static byte[] end(long expiresAtMillis) {
        return ScriptCall.bigEndian(expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis);
    }

    @Override
    public CompletionStage<Long> ttl(byte[] key) {
        return connector.submit(link -> Reads.ttl(link, key));
    }

    @Override
    public CompletionStage<Long> increment(byte[] key, long by, long ttlMillis) {
        ScriptCall<byte[]> call = ScriptCall.bytes(
                Script.INCREMENT, key, RawCounter.format(by), ScriptCall.lifetime(ttlMillis), wakeUpChannel);
        return connector.submit(link -> Failures.ofIncrement(call.on(link), by).thenApply(RawCounter::parse));
    }

    @Override
    public CompletionStage<@Nullable Void> accessed(byte[] key, long hits, long millis) {
        ScriptCall<Long> call =
                ScriptCall.number(Script.ACCESSED, key, RawCounter.format(hits), ScriptCall.bigEndian(millis));
        return connector.submit(link -> call.on(link).thenAccept(done -> {}));
    }

    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        return KeyPages.stream(connector, waits, prefix);
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> heads(List<byte[]> keys, int length) {
        return connector.submit(link -> Reads.heads(link, keys, length));
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
        return sweep.removeTagged(tag, keyPrefix, TagSweep.ANY_STAMP);
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix, long beforeStamp) {
        return sweep.removeTagged(tag, keyPrefix, ScriptCall.bigEndian(beforeStamp));
    }

    @Override
    public CompletionStage<List<VersionedEntries.Outcome>> setVersions(List<VersionedBytes> versions) {
        return connector.submit(link -> writes.setVersions(link, versions));
    }

    @Override
    public CompletionStage<Long> deleteCurrent(List<byte[]> keys) {
        return connector.submit(link -> removals.deleteCurrent(link, keys));
    }

    @Override
    public CompletionStage<byte @Nullable []> claim(byte[] key, byte[] leaseRecord, long leaseMillis) {
        return connector.submit(link -> leases.claim(link, key, leaseRecord, leaseMillis));
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> claimMany(
            List<byte[]> keys, List<byte[]> leaseRecords, long leaseMillis) {
        return connector.submit(link -> leases.claimMany(link, keys, leaseRecords, leaseMillis));
    }

    @Override
    public CompletionStage<byte @Nullable []> takeOver(
            byte[] key, byte[] leaseRecord, long leaseMillis, long seenId, long voidToken) {
        return connector.submit(link -> leases.takeOver(link, key, leaseRecord, leaseMillis, seenId, voidToken));
    }

    @Override
    public CompletionStage<Boolean> fill(ByteEntry entry, long token) {
        return fillMany(List.of(entry), List.of(token)).thenApply(stored -> stored.get(0));
    }

    @Override
    public CompletionStage<List<Boolean>> fillMany(List<ByteEntry> entries, List<Long> tokens) {
        return connector.submit(link -> writes.fillMany(link, entries, tokens));
    }

    @Override
    public CompletionStage<Boolean> reserve(byte[] key, byte[] record, long token, long millis) {
        return connector.submit(link -> leases.reserve(link, key, record, token, millis));
    }

    @Override
    public CompletionStage<Boolean> renew(byte[] key, long token, long leaseMillis) {
        return connector.submit(link -> leases.renew(link, key, token, leaseMillis));
    }

    @Override
    public CompletionStage<Boolean> release(byte[] key, long token, boolean uncacheable) {
        return connector.submit(link -> leases.release(link, key, token, uncacheable));
    }

    @Override
    public CompletionStage<byte @Nullable []> announceWaiter(byte[] key, long token) {
        return connector.submit(link -> leases.announceWaiter(link, key, token));
    }

    /** Opens a connection of its own for messages, in the background; while it is lost, wake-ups are missed. */
    @Override
    public void onWakeUp(WakeUpListener listener) {
        wakeUps.add(listener);
    }

    /**
     * Carries the messages of an {@link io.lexigram.cache.channel.InvalidationChannel} between the nodes that have this server
     * and this key prefix; one channel at a time. A user of the server with restricted channels needs to be
     * allowed those that begin with the key prefix.
     */
    @Override
    public ChannelTransport channelTransport() {
        return new RedisChannelTransport(connector, subscription, keys, primaries);
    }

    /** A removal of the hash, also by an eviction, makes everything invalid that was stored before. */
    @Override
    public CompletionStage<byte @Nullable []> clock() {
        return connector.submit(generations::clock);
    }

    /** As long as a server watches the clock for this node, reads and writes are one command each. */
    @Override
    public long clockWatch() {
        Link link = connector.current();
        return link == null ? UNWATCHED : link.watch();
    }

    /** Where memory is full, everything becomes invalid instead of the groups. */
    @Override
    public CompletionStage<byte[]> advance(List<byte[]> groups, byte[] newClock, long nonce) {
        return connector.submit(link -> generations.advance(link, groups, newClock, nonce));
    }

    @Override
    public CompletionStage<@Nullable Void> restamp(List<byte[]> keys, List<Long> entryIds, long stamp) {
        return connector.submit(link -> generations.restamp(link, keys, entryIds, stamp));
    }

    @Override
    public CompletionStage<Changes> changesSince(byte[] clock) {
        return connector.submit(link -> generations.changesSince(link, clock));
    }

    @Override
    public CompletionStage<byte[]> restart(byte[] seen, byte[] newClock) {
        return connector.submit(link -> generations.restart(link, seen, newClock));
    }

    @Override
    public CompletionStage<List<Long>> stamps(List<byte[]> groups) {
        return connector.submit(link -> generations.stamps(link, groups));
    }

    @Override
    public CompletionStage<Long> floor() {
        return connector.submit(generations::floor);
    }

    /**
     * A server that another one replaces, or that is started anew, is noticed with the connection that leads to it, and otherwise
     * within a second of use, or with a heartbeat of a channel.
     */
    @Override
    public void onLoss(LossListener listener) {
        primaries.add(listener);
    }

    @Override
    public void watch(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** Knows the connection factory, the Lettuce client, and the connection while there is one. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        if (type == ChannelTransport.Source.class) {
            return type.cast(this);
        }
        if (type.isInstance(opener.factory())) {
            return type.cast(opener.factory());
        }
        Link link = connector.current();
        if (link != null && type.isInstance(link.connection())) {
            return type.cast(link.connection());
        }
        AbstractRedisClient client = opener.client();
        return type.isInstance(client) ? type.cast(client) : null;
    }

    /** Closes the connection; the factory too where it is the backend's own. */
    @Override
    public void close() {
        if (sentinels != null) {
            sentinels.close();
        }
        subscription.close();
        connector.close();
        opener.close();
    }

    @Override
    public String toString() {
        return "RedisBackend[" + opener.address() + "]";
    }
}
