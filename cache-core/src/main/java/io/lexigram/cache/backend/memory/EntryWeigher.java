package io.lexigram.cache.backend.memory;

import com.github.benmanes.caffeine.cache.Weigher;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Codec;
import io.lexigram.cache.spi.StoredEntry;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The size of an entry in bytes: its encoded value, its key at two bytes a character and a fixed overhead. Caffeine knows one
 * bound, so an entry weighs at least its share of the memory: the sum keeps both, the number of entries and their bytes.
 */
final class EntryWeigher implements Weigher<String, StoredEntry> {

    private static final long OVERHEAD = 160;

    private final Codec codec;
    private final long share;

    EntryWeigher(Codec codec, long maxSize, long maxMemory) {
        this.codec = codec;
        this.share = (maxMemory + maxSize - 1) / maxSize;
    }

    /** The least an entry weighs. */
    long share() {
        return share;
    }

    @Override
    public int weigh(String key, StoredEntry entry) {
        long bytes = OVERHEAD + 2L * key.length() + valueBytes(entry.value());
        return (int) Math.min(Integer.MAX_VALUE, Math.max(share, bytes));
    }

    /** A value that cannot be encoded weighs its text: it is in memory all the same. */
    private long valueBytes(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        if (value instanceof CharSequence text) {
            return 2L * text.length();
        }
        try {
            return codec.encode(value, TypeRef.of((Type) value.getClass())).length;
        } catch (CacheSerializationException e) {
            return 2L * value.toString().length();
        }
    }
}
