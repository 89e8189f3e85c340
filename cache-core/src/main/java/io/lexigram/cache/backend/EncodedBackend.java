package io.lexigram.cache.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.invalidate.GenerationView;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.Generations;
import io.lexigram.cache.spi.ByteBackend.Leases;
import io.lexigram.cache.spi.ByteBackend.Losses;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.ConnectionListener;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a backend that stores bytes one that the engine can use. Keys, envelopes, deadlines and scans are here, so that a
 * {@link ByteBackend} has none of them.
 *
 * <p>Operations the backend lacks the capability for throw {@link UnsupportedOperationException}.
 */
public final class EncodedBackend implements CacheBackend {

    /** How long an operation is waited for where nothing else is said. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMillis(250);

    /** Of how many invalidated groups a process remembers the moment where nothing else is said. */
    private static final int DEFAULT_MAX_GROUPS = 10_000;

    private final ByteBackend backend;
    private final KeyCodec keys;
    private final Deadline deadline;
    private final TimeSource time;
    private final EntryScan scan;
    private final @Nullable LeaseWaits waits;
    private final @Nullable GenerationView generations;
    private final List<Runnable> lossListeners = new CopyOnWriteArrayList<>();

    /** A backend with keys of up to {@value KeyCodec#MAX_BYTES} bytes under a prefix, and the default deadline. */
    public EncodedBackend(ByteBackend backend, String keyPrefix) {
        this(backend, new KeyCodec(keyPrefix), DEFAULT_DEADLINE, TimeSource.SYSTEM);
    }

    /** A backend that remembers 10 000 groups. */
    public EncodedBackend(ByteBackend backend, KeyCodec keys, Duration deadline, TimeSource time) {
        this(backend, keys, deadline, DEFAULT_MAX_GROUPS, time);
    }

    /**
     * @param deadline how long an operation is waited for; a batch has it once more per thousand elements
     * @param maxGroups of how many invalidated tags and namespaces this process remembers the moment; for others it asks
     * @throws io.lexigram.cache.CacheConfigurationException when the deadline is zero or negative, or there is no room for a
     *     group
     */
    public EncodedBackend(ByteBackend backend, KeyCodec keys, Duration deadline, int maxGroups, TimeSource time) {
        if (maxGroups < 1) {
            throw new CacheConfigurationException("maxGroups", maxGroups, "it must be at least 1");
        }
        this.backend = backend;
        this.keys = keys;
        this.deadline = new Deadline(backend.type(), deadline, time);
        this.time = time;
        this.scan = new EntryScan(backend, keys, this.deadline);
        this.waits = backend instanceof Leases leases ? new LeaseWaits(leases, this.deadline) : null;
        this.generations = backend instanceof Generations source
                ? new GenerationView(
                        source, maxGroups, () -> ThreadLocalRandom.current().nextLong())
                : null;
        if (backend instanceof Losses losses) {
            losses.onLoss(this::lost);
        }
    }

    private void lost(boolean isOld) {
        if (isOld && generations != null) {
            generations.doubt();
        }
        lossListeners.forEach(Runnable::run);
    }

    @Override
    public boolean onLoss(Runnable listener) {
        lossListeners.add(listener);
        return backend instanceof Losses;
    }

    @Override
    public String type() {
        return backend.type();
    }

    @Override
    public EntryStore open(StoreSpec spec) {
        Freshness freshness = freshness(spec.namespace());
        return waits != null && backend instanceof Leases leases
                ? new LeasedStore(backend, leases, waits, keys, deadline, time, spec, freshness)
                : new EncodedStore(backend, keys, deadline, time, spec, freshness);
    }

    private Freshness freshness(String namespace) {
        return generations != null && backend instanceof Generations source
                ? new GroupFreshness(source, generations, namespace, deadline)
                : Freshness.ALWAYS;
    }

    @Override
    public Stream<CacheKey> keys(Predicate<String> fullKey) {
        return scan.entries(keys.prefix())
                .map(EncodedBackend::keyOf)
                .filter(Objects::nonNull)
                .filter(key -> fullKey.test(key.fullKey()));
    }

    @Override
    public long removeMany(Collection<CacheKey> asked) {
        if (asked.isEmpty()) {
            return 0;
        }
        List<byte[]> physical = asked.stream()
                .map(key -> keys.encode(key.namespace() == null ? "" : key.namespace(), key.key()))
                .toList();
        return deadline.await(() -> PrimitiveBatches.of(backend).deleteMany(physical), physical.size());
    }

    @Override
    public long removeMatching(Predicate<String> fullKey) {
        return scan.remove(keys.prefix(), found -> {
            CacheKey key = keyOf(found);
            return key != null && fullKey.test(key.fullKey());
        });
    }

    @Override
    public long removeTagged(String tag) {
        return scan.removeTagged(tag, keys.prefix(), () -> {
            deadline.admit(backend::ping);
            return freshness("").invalidate(Group.tagEverywhere(tag));
        });
    }

    @Override
    public long removeNamespace(String namespace) {
        freshness("").invalidate(Group.namespace(namespace));
        return scan.removeAll(keys.namespacePrefix(namespace));
    }

    /** Leaves what the backend keeps beside the entries. */
    @Override
    public long clear() {
        freshness("").invalidate(Group.all());
        return scan.removeAll(keys.prefix());
    }

    @Override
    public Duration ping(Duration timeout) {
        long begin = time.nanos();
        deadline.awaitAnyway(backend::ping, timeout);
        return Duration.ofNanos(time.nanos() - begin);
    }

    @Override
    public Breaker guard(Supplier<Breaker> breaker) {
        return deadline.guard(breaker);
    }

    @Override
    public void watch(ConnectionListener listener) {
        backend.watch(listener);
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type == ByteBackend.class ? type.cast(backend) : backend.unwrap(type);
    }

    @Override
    public void close() {
        backend.close();
    }

    /** Null where somebody else stored what cannot be a key. */
    private static @Nullable CacheKey keyOf(EntryScan.Found found) {
        try {
            CacheKey key = CacheKey.of(found.key());
            return found.namespace().isEmpty() ? key : key.in(found.namespace());
        } catch (CacheKeyException e) {
            return null;
        }
    }
}
