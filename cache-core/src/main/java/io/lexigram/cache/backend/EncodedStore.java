package io.lexigram.cache.backend;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.ByteBackend.AccessMarks;
import io.lexigram.cache.spi.ByteBackend.Batches;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import io.lexigram.cache.spi.ByteBackend.Counters;
import io.lexigram.cache.spi.ByteBackend.Lifetimes;
import io.lexigram.cache.spi.ByteBackend.TagIndex;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreListener;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a backend that stores bytes. Every wait has the deadline.
 *
 * <p>A failed write queues the removal of its key behind it, for whether it had its effect is unknown and the value before it
 * is outdated either way.
 */
final class EncodedStore implements EntryStore {

    private final ByteBackend backend;
    private final Batches batches;
    private final KeyCodec keys;
    private final byte[] prefix;
    private final String namespace;
    private final Deadline deadline;
    private final TimeSource time;
    private final EntryCoder coder;
    private final EntryScan scan;
    private final StoreListener listener;
    private final @Nullable AccessBuffer accesses;

    EncodedStore(ByteBackend backend, KeyCodec keys, Deadline deadline, TimeSource time, StoreSpec spec) {
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
    }

    @Override
    public @Nullable StoredEntry read(String key, TypeRef<?> type) {
        byte[] physical = physical(key);
        byte[] bytes = deadline.await(() -> backend.get(physical));
        List<byte[]> undecodable = new ArrayList<>(0);
        StoredEntry entry = decode(key, physical, bytes, type, undecodable);
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
        List<byte @Nullable []> values = deadline.await(() -> batches.getMany(physical), physical.size());
        List<byte[]> undecodable = new ArrayList<>(0);
        int index = 0;
        for (String key : asked) {
            StoredEntry entry = decode(key, physical.get(index), values.get(index), type, undecodable);
            if (entry != null) {
                entries.put(key, entry);
            }
            index++;
        }
        discard(undecodable);
        return entries;
    }

    private @Nullable StoredEntry decode(
            String key, byte[] physical, byte @Nullable [] bytes, TypeRef<?> type, List<byte[]> undecodable) {
        if (bytes == null) {
            return null;
        }
        try {
            return coder.decode(key, bytes, type);
        } catch (CacheSerializationException e) {
            listener.undecodable(key, e);
            if (RawCounter.parse(bytes) == null) {
                undecodable.add(physical);
            }
            return null;
        }
    }

    private void discard(List<byte[]> undecodable) {
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
        byte[] physical = physical(key);
        try {
            ByteEntry bytes = byteEntry(physical, key, entry);
            deadline.await(() -> backend.set(bytes, false));
        } catch (CacheException e) {
            deadline.forget(() -> backend.delete(physical));
            throw e;
        }
    }

    @Override
    public boolean writeIfAbsent(String key, StoredEntry entry) {
        byte[] physical = physical(key);
        ByteEntry bytes = byteEntry(physical, key, entry);
        try {
            return deadline.await(() -> backend.set(bytes, true));
        } catch (CacheException e) {
            deadline.forget(() -> backend.delete(physical));
            throw e;
        }
    }

    @Override
    public void writeMany(Map<String, StoredEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<byte[]> physical = physical(entries.keySet());
        try {
            List<ByteEntry> bytes = new ArrayList<>(entries.size());
            entries.forEach((key, entry) -> bytes.add(byteEntry(physical.get(bytes.size()), key, entry)));
            deadline.await(() -> batches.setMany(bytes), bytes.size());
        } catch (CacheException e) {
            deadline.forget(() -> batches.deleteMany(physical));
            throw e;
        }
    }

    private ByteEntry byteEntry(byte[] physical, String key, StoredEntry entry) {
        return new ByteEntry(physical, coder.encode(key, entry), entry.ttlMillis(), entry.tags());
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
        return Capability.require(backend, TagIndex.class, "find entries by tag")
                .removeTagged(tag, prefix.clone());
    }

    @Override
    public long clear() {
        return scan.removeAll(prefix.clone());
    }

    @Override
    public boolean contains(String key) {
        byte[] physical = physical(key);
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
    public long ttl(String key) {
        Lifetimes lifetimes = Capability.require(backend, Lifetimes.class, "tell the lifetime of an entry");
        return deadline.await(() -> lifetimes.ttl(physical(key)));
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

    private byte[] physical(String key) {
        return keys.encode(prefix, key);
    }

    private List<byte[]> physical(Collection<String> asked) {
        return asked.stream().map(this::physical).toList();
    }
}
