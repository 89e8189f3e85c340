package io.lexigram.cache.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The simplest honest store of bytes: a sorted map under one lock, with every capability but those of shared loads and groups.
 * It remembers what it was asked, and can be told to answer otherwise.
 */
public class HeapBytes
        implements ByteBackend,
                ByteBackend.Batches,
                ByteBackend.Lifetimes,
                ByteBackend.Counters,
                ByteBackend.KeyScan,
                ByteBackend.TagIndex,
                ByteBackend.AccessMarks {

    /** What several backends may share, as several nodes share a server. */
    public static final class Server {

        private final TreeMap<String, Held> map = new TreeMap<>();
        private final TimeSource time;
        private long cleanedAt;

        public Server(TimeSource time) {
            this.time = time;
        }

        /** Runs the operation under the lock, on what is left at this millisecond. */
        private synchronized <T extends @Nullable Object> T with(Function<TreeMap<String, Held>, T> operation) {
            long now = time.millis();
            if (now != cleanedAt) {
                map.values().removeIf(held -> held.end <= now);
                cleanedAt = now;
            }
            return operation.apply(map);
        }
    }

    private static final class Held {

        private byte[] value;
        private final Set<String> tags;
        private long end;

        private Held(byte[] value, Set<String> tags, long end) {
            this.value = value;
            this.tags = tags;
            this.end = end;
        }

        private boolean isLive() {
            return !Envelope.isLease(value);
        }
    }

    /** The names of the operations it was asked for. */
    public final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** Answers instead where it is set, but for scans. */
    public volatile @Nullable Supplier<CompletionStage<?>> fault;

    private final Server server;

    public HeapBytes(Server server) {
        this.server = server;
    }

    public HeapBytes(TimeSource time) {
        this(new Server(time));
    }

    /** The bytes under a physical key; null where there are none. */
    public byte @Nullable [] held(String physical) {
        return server.with(map -> {
            Held held = map.get(physical);
            return held == null ? null : held.value;
        });
    }

    /** Puts bytes under a physical key, for ever. */
    public void hold(String physical, byte[] value) {
        server.with(map -> map.put(physical, new Held(value, Set.of(), StoredEntry.NEVER)));
    }

    public Set<String> physicalKeys() {
        return server.with(map -> Set.copyOf(map.keySet()));
    }

    @Override
    public String type() {
        return "heap";
    }

    @Override
    public CompletionStage<byte @Nullable []> get(byte[] key) {
        return call("get", map -> valueOf(map, key));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return call("set", map -> {
            if (ifAbsent && live(map, entry.key()) != null) {
                return false;
            }
            put(map, entry);
            return true;
        });
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return call("delete", map -> remove(map, key));
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return call("ping", map -> null);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(this) ? type.cast(this) : null;
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return call(
                "getMany", map -> keys.stream().map(key -> valueOf(map, key)).toList());
    }

    @Override
    public CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries) {
        return call("setMany", map -> {
            entries.forEach(entry -> put(map, entry));
            return null;
        });
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return call(
                "deleteMany",
                map -> keys.stream().filter(key -> remove(map, key)).count());
    }

    @Override
    public CompletionStage<Boolean> exists(byte[] key) {
        return call("exists", map -> live(map, key) != null);
    }

    @Override
    public CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        return call("expire", map -> {
            Held held = live(map, key);
            if (held != null) {
                end(held, expiresAtMillis);
            }
            return held != null;
        });
    }

    @Override
    public CompletionStage<Boolean> extend(byte[] key, long entryId, long ttlMillis, long expiresAtMillis) {
        return call("extend", map -> {
            Held held = live(map, key);
            boolean extended = held != null
                    && held.end < expiresAtMillis
                    && Envelope.isEnvelope(held.value)
                    && Envelope.entryId(held.value) == entryId;
            if (extended) {
                end(held, expiresAtMillis);
            }
            return extended;
        });
    }

    private static void end(Held held, long expiresAtMillis) {
        held.end = expiresAtMillis;
        if (Envelope.isEnvelope(held.value)) {
            long stored = expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis;
            held.value = held.value.clone();
            ByteBuffer.wrap(held.value).putLong(Envelope.OFFSET_EXPIRES_AT, stored);
        }
    }

    @Override
    public CompletionStage<Long> ttl(byte[] key) {
        return call("ttl", map -> {
            Held held = live(map, key);
            if (held == null) {
                return -1L;
            }
            return held.end == StoredEntry.NEVER ? StoredEntry.NEVER : held.end - server.time.millis();
        });
    }

    @Override
    public CompletionStage<Long> increment(byte[] key, long by, long ttlMillis) {
        return call("increment", map -> {
            Held held = map.get(text(key));
            Long old = held == null ? Long.valueOf(0) : RawCounter.parse(held.value);
            if (old == null) {
                throw new CacheSerializationException("The key holds a value that is no counter.");
            }
            long sum = Math.addExact(old, by);
            if (held == null) {
                put(map, new ByteEntry(key, RawCounter.format(sum), ttlMillis, Set.of()));
            } else {
                held.value = RawCounter.format(sum);
            }
            return sum;
        });
    }

    /** Each key twice, as a scan may tell them. */
    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        calls.add("scan");
        return server
                .with(map -> map.keySet().stream()
                        .filter(key -> key.startsWith(text(prefix)))
                        .flatMap(key -> Stream.of(key, key))
                        .map(key -> key.getBytes(ISO_8859_1))
                        .toList())
                .stream();
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> heads(List<byte[]> keys, int length) {
        return call("heads", map -> keys.stream()
                .map(key -> valueOf(map, key))
                .map(value -> value == null ? null : Arrays.copyOf(value, Math.min(length, value.length)))
                .toList());
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
        calls.add("removeTagged");
        return server.with(map -> {
            int before = map.size();
            map.entrySet()
                    .removeIf(e -> e.getKey().startsWith(text(keyPrefix))
                            && e.getValue().tags.contains(tag));
            return (long) before - map.size();
        });
    }

    @Override
    public CompletionStage<@Nullable Void> accessed(byte[] key, long hits, long millis) {
        return call("accessed", map -> {
            byte[] value = valueOf(map, key);
            if (value != null && Envelope.isEnvelope(value)) {
                ByteBuffer header = ByteBuffer.wrap(value);
                header.putLong(Envelope.OFFSET_HITS, header.getLong(Envelope.OFFSET_HITS) + hits);
                header.putLong(Envelope.OFFSET_LAST_ACCESS, millis);
            }
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private <T extends @Nullable Object> CompletionStage<T> call(
            String name, Function<TreeMap<String, Held>, T> operation) {
        calls.add(name);
        Supplier<CompletionStage<?>> other = fault;
        if (other != null) {
            return (CompletionStage<T>) other.get();
        }
        try {
            return CompletableFuture.completedFuture(server.with(operation));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void put(TreeMap<String, Held> map, ByteEntry entry) {
        long end =
                entry.ttlMillis() == StoredEntry.NEVER ? StoredEntry.NEVER : server.time.millis() + entry.ttlMillis();
        map.put(text(entry.key()), new Held(entry.value(), entry.tags(), end));
    }

    private static boolean remove(TreeMap<String, Held> map, byte[] key) {
        Held removed = map.remove(text(key));
        return removed != null && removed.isLive();
    }

    private static @Nullable Held live(TreeMap<String, Held> map, byte[] key) {
        Held held = map.get(text(key));
        return held != null && held.isLive() ? held : null;
    }

    private static byte @Nullable [] valueOf(TreeMap<String, Held> map, byte[] key) {
        Held held = map.get(text(key));
        return held == null ? null : held.value;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
