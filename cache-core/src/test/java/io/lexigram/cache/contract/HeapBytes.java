package io.lexigram.cache.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.codec.RawCounter;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.TimeSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simplest honest store of bytes: a sorted map under one lock, with every capability. */
final class HeapBytes
        implements ByteBackend,
                ByteBackend.Batches,
                ByteBackend.Lifetimes,
                ByteBackend.Counters,
                ByteBackend.KeyScan,
                ByteBackend.TagIndex,
                ByteBackend.AccessMarks {

    /** What several backends may share, as several nodes share a server. */
    static final class Server {

        private final TreeMap<String, Held> map = new TreeMap<>();
        private final TimeSource time;
        private long cleanedAt;

        Server(TimeSource time) {
            this.time = time;
        }

        /** Runs the operation under the lock, on what is left at this millisecond. */
        synchronized <T> T with(Function<TreeMap<String, Held>, T> operation) {
            long now = time.millis();
            if (now != cleanedAt) {
                map.values().removeIf(held -> held.end <= now);
                cleanedAt = now;
            }
            return operation.apply(map);
        }
    }

    static final class Held {

        byte[] value;
        final Set<String> tags;
        long end;

        Held(byte[] value, Set<String> tags, long end) {
            this.value = value;
            this.tags = tags;
            this.end = end;
        }
    }

    private final Server server;

    HeapBytes(Server server) {
        this.server = server;
    }

    @Override
    public String type() {
        return "heap";
    }

    @Override
    public CompletionStage<byte @Nullable []> get(byte[] key) {
        return done(map -> valueOf(map, key));
    }

    @Override
    public CompletionStage<Boolean> set(ByteEntry entry, boolean ifAbsent) {
        return done(map -> {
            if (ifAbsent && map.containsKey(text(entry.key()))) {
                return false;
            }
            put(map, entry);
            return true;
        });
    }

    @Override
    public CompletionStage<Boolean> delete(byte[] key) {
        return done(map -> map.remove(text(key)) != null);
    }

    @Override
    public CompletionStage<@Nullable Void> ping() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {}

    @Override
    public CompletionStage<List<byte @Nullable []>> getMany(List<byte[]> keys) {
        return done(map -> keys.stream().map(key -> valueOf(map, key)).toList());
    }

    @Override
    public CompletionStage<@Nullable Void> setMany(List<ByteEntry> entries) {
        return done(map -> {
            entries.forEach(entry -> put(map, entry));
            return null;
        });
    }

    @Override
    public CompletionStage<Long> deleteMany(List<byte[]> keys) {
        return done(map ->
                keys.stream().filter(key -> map.remove(text(key)) != null).count());
    }

    @Override
    public CompletionStage<Boolean> exists(byte[] key) {
        return done(map -> map.containsKey(text(key)));
    }

    @Override
    public CompletionStage<Boolean> expire(byte[] key, long ttlMillis, long expiresAtMillis) {
        return done(map -> {
            Held held = map.get(text(key));
            if (held == null) {
                return false;
            }
            held.end = expiresAtMillis;
            if (Envelope.isEnvelope(held.value)) {
                long stored = expiresAtMillis == StoredEntry.NEVER ? Envelope.NEVER : expiresAtMillis;
                held.value = held.value.clone();
                ByteBuffer.wrap(held.value).putLong(Envelope.OFFSET_EXPIRES_AT, stored);
            }
            return true;
        });
    }

    @Override
    public CompletionStage<Long> ttl(byte[] key) {
        return done(map -> {
            Held held = map.get(text(key));
            if (held == null) {
                return -1L;
            }
            return held.end == StoredEntry.NEVER ? StoredEntry.NEVER : held.end - server.time.millis();
        });
    }

    @Override
    public CompletionStage<Long> increment(byte[] key, long by, long ttlMillis) {
        return done(map -> {
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

    @Override
    public Stream<byte[]> scan(byte[] prefix) {
        return server
                .with(map -> map.keySet().stream()
                        .filter(key -> key.startsWith(text(prefix)))
                        .map(key -> key.getBytes(ISO_8859_1))
                        .toList())
                .stream();
    }

    @Override
    public CompletionStage<List<byte @Nullable []>> heads(List<byte[]> keys, int length) {
        return done(map -> keys.stream()
                .map(key -> valueOf(map, key))
                .map(value -> value == null ? null : Arrays.copyOf(value, Math.min(length, value.length)))
                .toList());
    }

    @Override
    public long removeTagged(String tag, byte[] keyPrefix) {
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
        return done(map -> {
            byte[] value = valueOf(map, key);
            if (value != null && Envelope.isEnvelope(value)) {
                ByteBuffer header = ByteBuffer.wrap(value);
                header.putLong(Envelope.OFFSET_HITS, header.getLong(Envelope.OFFSET_HITS) + hits);
                header.putLong(Envelope.OFFSET_LAST_ACCESS, millis);
            }
            return null;
        });
    }

    private <T> CompletionStage<T> done(Function<TreeMap<String, Held>, T> operation) {
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

    private static byte @Nullable [] valueOf(TreeMap<String, Held> map, byte[] key) {
        Held held = map.get(text(key));
        return held == null ? null : held.value;
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
