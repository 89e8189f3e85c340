package io.lexigram.cache.backend;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A backend of bytes in a sorted map, with every capability and a memory of the calls it has had. */
class HeapBytes
        implements ByteBackend,
                ByteBackend.Batches,
                ByteBackend.Lifetimes,
                ByteBackend.Counters,
                ByteBackend.KeyScan,
                ByteBackend.TagIndex,
                ByteBackend.AccessMarks {

    final List<String> calls = new ArrayList<>();
    private final Map<String, Held> map = new TreeMap<>();
    private final TimeSource time;
    /** Answers instead of the map where it is set. */
    Supplier<CompletionStage<?>> fault;

    HeapBytes(TimeSource time) {
        this.time = time;
    }

    /** The stored bytes under a physical key; null where there are none. */
    byte[] held(String physical) {
        Held held = live(physical);
        return held == null ? null : held.value;
    }

    void hold(String physical, byte[] value) {
        map.put(physical, new Held(value, Set.of(), StoredEntry.NEVER));
    }

    Set<String> physicalKeys() {
        map.keySet().removeIf(key -> live(key) == null);
        return Set.copyOf(map.keySet());
    }

    @Override
    public String type() {
        return "heap";
    }

    @Override
    public CompletionStage<byte[]> get(byte[] key) {
        return call("get", () -> valueOf(key));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return call("set", () -> {
            if (ifAbsent && isLive(entry.key())) {
                return false;
            }
            put(entry);
            return true;
        });
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return call("delete", () -> remove(key));
    }

    @Override
    public CompletionStage<Void> ping() {
        return call("ping", () -> null);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.isInstance(map) ? type.cast(map) : null;
    }

    @Override
    public void close() {
        calls.add("close");
    }

    @Override
    public CompletionStage<List<byte[]>> getMany(List<byte[]> keys) {
        return call("getMany", () -> keys.stream().map(this::valueOf).toList());
    }

    @Override
    public CompletionStage<Void> setMany(List<ByteEntry> entries) {
        return call("setMany", () -> {
            entries.forEach(this::put);
            return null;
        });
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return call("deleteMany", () -> keys.stream().filter(this::remove).count());
    }

    @Override
    public CompletionStage<Boolean> exists(byte[] key) {
        return call("exists", () -> isLive(key));
    }

    @Override
    public CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        return call("expire", () -> {
            if (!isLive(key)) {
                return false;
            }
            Held held = live(text(key));
            held.end = expiresAtMillis;
            if (Envelope.isEnvelope(held.value)) {
                ByteBuffer.wrap(held.value)
                        .putLong(
                                Envelope.OFFSET_EXPIRES_AT,
                                expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis);
            }
            return true;
        });
    }

    @Override
    public CompletionStage<Long> ttl(byte[] key) {
        return call("ttl", () -> {
            if (!isLive(key)) {
                return -1L;
            }
            long end = live(text(key)).end;
            return end == StoredEntry.NEVER ? end : end - time.millis();
        });
    }

    @Override
    public CompletionStage<Long> increment(byte[] key, long by, long ttlMillis) {
        return call("increment", () -> {
            byte[] value = valueOf(key);
            Long old = value == null ? Long.valueOf(0) : RawCounter.parse(value);
            if (old == null) {
                throw new CacheSerializationException("no counter");
            }
            byte[] sum = RawCounter.format(Math.addExact(old, by));
            if (value == null) {
                put(new ByteEntry(key, sum, ttlMillis, Set.of()));
            } else {
                live(text(key)).value = sum;
            }
            return RawCounter.parse(sum);
        });
    }

    /** Each key twice, as a scan may tell them. */
    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        calls.add("scan");
        String beginning = text(prefix);
        return List.copyOf(map.keySet()).stream()
                .filter(key -> key.startsWith(beginning))
                .flatMap(key -> Stream.of(key, key))
                .map(key -> key.getBytes(ISO_8859_1));
    }

    @Override
    public CompletionStage<List<byte[]>> heads(List<byte[]> keys, int length) {
        return call("heads", () -> keys.stream()
                .map(this::valueOf)
                .map(value -> value == null ? null : Arrays.copyOf(value, Math.min(length, value.length)))
                .toList());
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
        calls.add("removeTagged");
        return physicalKeys().stream()
                .filter(key ->
                        key.startsWith(text(keyPrefix)) && map.get(key).tags.contains(tag))
                .filter(key -> map.remove(key) != null)
                .count();
    }

    @Override
    public CompletionStage<Void> accessed(byte[] key, long hits, long millis) {
        return call("accessed", () -> {
            byte[] value = valueOf(key);
            if (value != null && Envelope.isEnvelope(value)) {
                ByteBuffer header = ByteBuffer.wrap(value);
                header.putLong(Envelope.OFFSET_HITS, header.getLong(Envelope.OFFSET_HITS) + hits);
                header.putLong(Envelope.OFFSET_LAST_ACCESS, millis);
            }
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private <T> CompletionStage<T> call(String name, Supplier<T> operation) {
        calls.add(name);
        if (fault != null) {
            return (CompletionStage<T>) fault.get();
        }
        try {
            return CompletableFuture.completedFuture(operation.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private byte[] valueOf(byte[] key) {
        return held(text(key));
    }

    private boolean isLive(byte[] key) {
        byte[] value = valueOf(key);
        return value != null && !Envelope.isLease(value);
    }

    private void put(ByteEntry entry) {
        long end = entry.ttlMillis() == StoredEntry.NEVER ? StoredEntry.NEVER : time.millis() + entry.ttlMillis();
        map.put(text(entry.key()), new Held(entry.value(), entry.tags(), end));
    }

    private boolean remove(byte[] key) {
        boolean live = isLive(key);
        map.remove(text(key));
        return live;
    }

    private Held live(String physical) {
        Held held = map.get(physical);
        return held == null || held.end <= time.millis() ? null : held;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
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
    }
}
