package io.lexigram.cache.backend.memory;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.StoredEntry;
import java.util.concurrent.atomic.AtomicLong;

/** Reads an entry as a type other than the one it was written as, with the same outcome as a backend that stores bytes. */
final class Conversions {

    static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private Conversions() {}

    /** Throws {@link CacheSerializationException} where the entry is no value of the type. */
    static StoredEntry readAs(StoredEntry entry, TypeRef<?> type, Codec codec) {
        if (!CacheBackend.readable(entry.schema(), type)) {
            throw new CacheSerializationException("The entry was written as " + entry.schema() + " and is read as "
                    + type.schema() + ". Use one type per key.");
        }
        Object value = entry.value();
        if (value instanceof AtomicLong counter && StoredEntry.COUNTER_SCHEMA.equals(entry.schema())) {
            return entry.withValue(counter.get());
        }
        if (value == null || !StoredEntry.ANY_SCHEMA.equals(entry.schema()) || fits(value, type)) {
            return entry;
        }
        byte[] bytes = codec.encode(value, ANY);
        return entry.withValue(codec.decode(bytes, 0, bytes.length, type));
    }

    private static boolean fits(Object value, TypeRef<?> type) {
        return type.type() instanceof Class<?> c && c.isInstance(value);
    }
}
