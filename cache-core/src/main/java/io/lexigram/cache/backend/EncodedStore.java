package io.lexigram.cache.backend;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.backend.Trips.Answer;
import io.lexigram.cache.backend.Trips.Answers;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.invalidate.Group;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.AccessMarks;
import io.lexigram.cache.spi.ByteBackend.Batches;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.Counters;
import io.lexigram.cache.spi.ByteBackend.Lifetimes;
import io.lexigram.cache.spi.ByteBackend.Versions;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreListener;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import io.lexigram.cache.spi.VersionedEntries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a backend that stores bytes. Every wait has the deadline.
 *
 * <p>A failed write queues the removal of its key behind it, for whether it had its effect is unknown and the value before it
 * is outdated either way.
 */
class EncodedStore implements EntryStore {

    final ByteBackend backend;
    private final Batches batches;
    private final KeyCodec keys;
    private final byte[] prefix;
    private final String namespace;
    final Deadline deadline;
    final TimeSource time;
    private final EntryCoder coder;
    private final EntryScan scan;
    private final StoreListener listener;
    private final @Nullable AccessBuffer accesses;
    private final @Nullable Lifetimes timing;
    final Freshness freshness;
    final Trips trips;

    EncodedStore(
            ByteBackend backend,
            KeyCodec keys,
            Deadline deadline,
            TimeSource time,
            StoreSpec spec,
            Freshness freshness) {
        this.backend = backend;
        this.batches = PrimitiveBatches.of(backend);
        this.keys = keys;
        this.namespace = spec.namespace();
        this.prefix = keys.namespacePrefix(namespace);
        this.deadline = deadline;
        this.time = time;
        this.coder = new EntryCoder(spec, time);
        this.scan = new EntryScan(backend, keys, deadline);
        this.listener = spec.listener();
        this.accesses = backend instanceof AccessMarks marks ? new AccessBuffer(marks, this::physical, time) : null;
        this.timing = spec.timed() && backend instanceof Lifetimes lifetimes && lifetimes.isTimedByServer()
                ? lifetimes
                : null;
        this.freshness = freshness;
        this.trips = new Trips(deadline, freshness, timing);
    }

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        byte[] physical = physical(key);
        Answer answer = trips.read(() -> backend.get(physical), physical);
        List<byte[]> undecodable = new ArrayList<>(0);
        StoredEntry entry = decode(key, physical, answer.value(), answer.remainingMillis(), type, undecodable);
        discard(undecodable);
        return entry;
    }

    @Override
    public Map<String, StoredEntry> readMany(Collection<String> asked, TypeRef<?> type) {
        Map<String, StoredEntry> entries = new LinkedHashMap<>();
        if (asked.isEmpty()) {
            return entries;
        }
        List<byte[]> physical = physical(asked);
        Answers answers = trips.readMany(() -> batches.getMany(physical), physical);
        List<byte[]> undecodable = new ArrayList<>(0);
        int index = 0;
        for (String key : asked) {
            StoredEntry entry = decode(
                    key,
                    physical.get(index),
                    answers.values().get(index),
                    answers.remainingMillis(index),
                    type,
                    undecodable);
            if (entry != null) {
                entries.put(key, entry);
            }
            index++;
        }
        discard(undecodable);
        return entries;
    }

    /** The entry where it can be read and no group invalidation has hit it. What cannot be read is reported and noted. */
    final @Nullable StoredEntry decode(
            String key,
            byte[] physical,
            byte @Nullable [] bytes,
            long remainingMillis,
            TypeRef<?> type,
            List<byte[]> undecodable) {
        if (bytes == null) {
            return null;
        }
        try {
            StoredEntry entry = coder.decode(key, bytes, type);
            if (entry == null || isCounter(entry)) {
                return entry;
            }
            return freshness.isFresh(entry) ? timed(physical, entry, remainingMillis) : null;
        } catch (CacheSerializationException e) {
            listener.undecodable(key, e);
            if (RawCounter.parse(bytes) == null) {
                undecodable.add(physical);
            }
            return null;
        }
    }

    static boolean isCounter(StoredEntry entry) {
        return entry.schema().equals(StoredEntry.COUNTER_SCHEMA);
    }

    /** Notes the end of life by this process's clock, where the server's time to it is known or matters. */
    final StoredEntry timed(byte[] physical, StoredEntry entry, long remainingMillis) {
        long kept = remainingMillis;
        if (timing == null) {
            if (entry.graceMillis() == 0 || !(backend instanceof Lifetimes lifetimes)) {
                return entry;
            }
            kept = deadline.await(() -> lifetimes.ttl(physical));
        }
        entry.expiresAtMillis(
                kept == StoredEntry.NEVER ? StoredEntry.NEVER : time.millis() + kept - entry.graceMillis());
        return entry;
    }

    final void discard(List<byte[]> undecodable) {
        if (undecodable.isEmpty()) {
            return;
        }
        try {
            deadline.await(() -> batches.deleteMany(undecodable));
        } catch (CacheException e) {
            // The next read finds it again.
        }
    }

    @Override
    public void write(String key, StoredEntry entry) {
        try {
            writeStamped(Map.of(key, entry), bytes -> backend.set(bytes.get(0), false));
        } catch (CacheException e) {
            deadline.undo(e, () -> backend.delete(physical(key)));
            throw e;
        }
    }

    /** A value that cannot be encoded is no fault of what is there. */
    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        try {
            return writeStamped(Map.of(key, entry), bytes -> backend.set(bytes.get(0), true));
        } catch (CacheBackendException e) {
            deadline.undo(e, () -> backend.delete(physical(key)));
            throw e;
        }
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            writeStamped(entries, batches::setMany);
        } catch (CacheException e) {
            undo(e, physical(entries.keySet()));
            throw e;
        }
    }

    /**
     * Writes the entries stamped with the tick that is known here, and stamps them anew where that turns out to be outdated:
     * an invalidation that another process made before is none of a value that is written now.
     */
    private <T extends @Nullable Object> T writeStamped(
            Map<String, StoredEntry> entries, Function<List<ByteEntry>, CompletionStage<T>> writing) {
        List<byte[]> physical = physical(entries.keySet());
        long stamp = stamp();
        List<ByteEntry> bytes = byteEntries(physical, entries, stamp);
        T written = trips.write(() -> writing.apply(bytes), bytes.size());
        while (!stillFresh(entries.values(), stamp)) {
            stamp = restamp(physical, bytes);
        }
        return written;
    }

    final long restamp(List<byte[]> physical, List<ByteEntry> entries) {
        List<Long> ids =
                entries.stream().map(entry -> Envelope.entryId(entry.value())).toList();
        long stamp = freshness.known();
        trips.write(() -> freshness.restamp(physical, ids, stamp), ids.size());
        return stamp;
    }

    final boolean stillFresh(Collection<StoredEntry> entries, long stamp) {
        for (StoredEntry entry : entries) {
            if (!freshness.isFresh(stamp, entry.tags())) {
                return false;
            }
        }
        return true;
    }

    /** The tick as far as it is known here; asks for it once. */
    final long stamp() {
        long known = freshness.known();
        return known == 0 && freshness != Freshness.ALWAYS ? deadline.await(freshness::now) : known;
    }

    final List<ByteEntry> byteEntries(List<byte[]> physical, Map<String, StoredEntry> entries, long stamp) {
        List<ByteEntry> bytes = new ArrayList<>(entries.size());
        entries.forEach((key, entry) -> bytes.add(byteEntry(physical.get(bytes.size()), key, entry, stamp)));
        return bytes;
    }

    final ByteEntry byteEntry(byte[] physical, String key, StoredEntry entry, long stamp) {
        return new ByteEntry(physical, coder.encode(key, entry, stamp), entry.keptMillis(), entry.tags());
    }

    @Override
    public boolean remove(String key) {
        return deadline.await(() -> backend.delete(physical(key)));
    }

    @Override
    public long removeMany(Collection<String> asked) {
        return asked.isEmpty() ? 0 : deadline.await(() -> batches.deleteMany(physical(asked)), asked.size());
    }

    @Override
    public long removeMatching(Predicate<String> key, String literalPrefix) {
        return scan.remove(keys.scanPrefix(namespace, literalPrefix), found -> key.test(found.key()));
    }

    @Override
    public long removeTagged(String tag) {
        return scan.removeTagged(tag, prefix.clone(), () -> {
            deadline.admit(backend::ping);
            return freshness.invalidate(Group.tag(namespace, tag));
        });
    }

    @Override
    public long clear() {
        freshness.invalidate(Group.namespace(namespace));
        return scan.removeAll(prefix.clone());
    }

    @Override
    public boolean contains(String key) {
        byte[] physical = physical(key);
        if (timing != null) {
            return ttl(key) >= 0;
        }
        if (backend instanceof Lifetimes lifetimes) {
            return deadline.await(() -> lifetimes.exists(physical));
        }
        byte[] bytes = deadline.await(() -> backend.get(physical));
        return bytes != null && !Envelope.isLease(bytes);
    }

    @Override
    public boolean expire(String key, long ttlMillis) {
        Lifetimes lifetimes = Capability.require(backend, Lifetimes.class, "change the lifetime of an entry");
        long end = ttlMillis == StoredEntry.NEVER ? StoredEntry.NEVER : time.millis() + ttlMillis;
        return deadline.await(() -> lifetimes.expire(physical(key), ttlMillis, end));
    }

    @Override
    public void extend(String key, StoredEntry entry, long ttlMillis) {
        if (backend instanceof Lifetimes lifetimes) {
            deadline.forget(() -> lifetimes.extend(physical(key), entry.id(), ttlMillis, time.millis() + ttlMillis));
        }
    }

    @Override
    public long ttl(String key) {
        Lifetimes lifetimes = Capability.require(backend, Lifetimes.class, "tell the lifetime of an entry");
        byte[] physical = physical(key);
        if (timing == null) {
            return deadline.await(() -> lifetimes.ttl(physical));
        }
        Answer answer = trips.read(() -> backend.get(physical), physical);
        long kept = answer.remainingMillis();
        long grace = answer.value() == null ? 0 : coder.graceMillis(answer.value());
        return kept == StoredEntry.NEVER || kept < 0 ? kept : Math.max(-1, kept - grace);
    }

    @Override
    public long increment(String key, long by, long ttlMillis) {
        Counters counters = Capability.require(backend, Counters.class, "count");
        byte[] physical = counterKey(key);
        return deadline.await(() -> counters.increment(physical, by, ttlMillis));
    }

    @Override
    public void resetCounter(String key, long value, long ttlMillis) {
        Capability.require(backend, Counters.class, "count");
        ByteEntry counter = new ByteEntry(counterKey(key), RawCounter.format(value), ttlMillis, Set.of());
        deadline.await(() -> backend.set(counter, false));
    }

    /** A counter is digits and nothing else: under a hashed key nobody could tell its name, and no pattern would find it. */
    private byte[] counterKey(String key) {
        byte[] physical = physical(key);
        KeyCodec.Decoded decoded = keys.decode(physical);
        if (decoded != null && decoded.hashed()) {
            throw new CacheKeyException("The key of a counter has " + key.length()
                    + " characters, which is more than the backend stores unhashed. Count under a shorter key.");
        }
        return physical;
    }

    @Override
    public VersionedEntries versions() {
        return new EncodedVersions(this, Capability.require(backend, Versions.class, "keep versions of a value"));
    }

    /** Removes what a failed write may have left. */
    final void undo(CacheException failure, List<byte[]> physical) {
        deadline.undo(failure, () -> batches.deleteMany(physical));
    }

    @Override
    public Stream<String> keys(Predicate<String> key, String literalPrefix) {
        return scan.entries(keys.scanPrefix(namespace, literalPrefix))
                .map(EntryScan.Found::key)
                .filter(key);
    }

    @Override
    public void accessed(String key, StoredEntry entry) {
        if (accesses != null) {
            accesses.note(key);
        }
    }

    /** The server removes what has expired. */
    @Override
    public long cleanupExpired() {
        return 0;
    }

    @Override
    public Contents contents() {
        return Contents.UNKNOWN;
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return backend.unwrap(type);
    }

    @Override
    public void close() {
        if (accesses != null) {
            accesses.flush();
        }
    }

    final byte[] physical(String key) {
        return keys.encode(prefix, key);
    }

    final List<byte[]> physical(Collection<String> asked) {
        return asked.stream().map(this::physical).toList();
    }
}
