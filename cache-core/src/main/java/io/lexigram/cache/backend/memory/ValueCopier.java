package io.lexigram.cache.backend.memory;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** Copies values as a backend that stores bytes would: what the codec leaves out, the copy lacks. */
final class ValueCopier {

    private final Codec codec;

    ValueCopier(Codec codec) {
        this.codec = codec;
    }

    /** @throws CacheSerializationException when the codec cannot write the value or read it back */
    StoredEntry copy(StoredEntry entry) {
        return copy(entry, null);
    }

    /** @param readAs as what the value is read where the entry does not tell what it was written as */
    StoredEntry copy(StoredEntry entry, @Nullable TypeRef<?> readAs) {
        Object value = entry.value();
        if (value == null || StoredEntry.COUNTER_SCHEMA.equals(entry.schema()) || Immutables.include(value)) {
            return entry;
        }
        if (value instanceof byte[] bytes) {
            return entry.withValue(bytes.clone());
        }
        TypeRef<?> type = type(value, entry, readAs);
        return type == null ? entry : entry.withValue(copy(value, type));
    }

    /** Null where nothing tells: such an entry was decoded from bytes a moment ago, and its value is nobody else's. */
    private static @Nullable TypeRef<?> type(Object value, StoredEntry entry, @Nullable TypeRef<?> readAs) {
        if (entry.type() != null) {
            return entry.type();
        }
        if (StoredEntry.ANY_SCHEMA.equals(entry.schema())) {
            return readAs == null ? Conversions.ANY : readAs;
        }
        return value.getClass().getTypeName().equals(entry.schema()) ? TypeRef.of(value.getClass()) : readAs;
    }

    private Object copy(Object value, TypeRef<?> type) {
        try {
            byte[] bytes = codec.encode(value, type);
            return codec.decode(bytes, 0, bytes.length, type);
        } catch (CacheSerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheSerializationException(
                    "The codec '%s' cannot copy a value of %s."
                            .formatted(codec.name(), value.getClass().getName()),
                    e);
        }
    }
}
