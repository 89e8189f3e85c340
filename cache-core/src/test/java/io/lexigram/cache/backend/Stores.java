package io.lexigram.cache.backend;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.RemovalCause;
import io.lexigram.cache.spi.StoreListener;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.testing.HeapBytes;
import io.lexigram.cache.testing.ManualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stores over one backend of bytes, with what they reported. */
final class Stores {

    static final TypeRef<String> TEXT = TypeRef.of(String.class);

    final ManualTime time = new ManualTime();
    final HeapBytes bytes = new HeapBytes(time.source());
    final Map<String, CacheSerializationException> reports = new LinkedHashMap<>();
    final EncodedBackend backend = backend(bytes, Duration.ofSeconds(20));

    EncodedBackend backend(ByteBackend over, Duration deadline) {
        return new EncodedBackend(over, new KeyCodec("app"), deadline, time.source());
    }

    EntryStore open(String namespace) {
        return backend.open(spec(namespace, new JsonCodec(), ""));
    }

    StoreSpec spec(String namespace, Codec codec, String schemaVersion) {
        return new StoreSpec(
                namespace, null, codec, Map.of(codec.name(), codec), schemaVersion, false, new StoreListener() {
                    @Override
                    public void removed(String key, RemovalCause cause) {}

                    @Override
                    public void undecodable(String key, CacheSerializationException cause) {
                        if (reports.put(key, cause) != null) {
                            throw new AssertionError(key + " was reported twice");
                        }
                    }
                });
    }

    StoredEntry text(String value, String... tags) {
        return entry(value, TEXT, 60_000, tags);
    }

    StoredEntry entry(Object value, TypeRef<?> type, long ttlMillis, String... tags) {
        return new StoredEntry(value, type, time.now().toEpochMilli(), ttlMillis, 0, null, Set.copyOf(List.of(tags)));
    }

    static Object value(StoredEntry entry) {
        return entry == null ? "absent" : entry.value();
    }
}
