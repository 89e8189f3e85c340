package io.lexigram.cache.codec;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Codec;
import java.util.Arrays;

/** Byte arrays as they are; every read gives a fresh one. */
public final class BytesCodec implements Codec {

    public static final String NAME = "bytes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] encode(Object value, TypeRef<?> type) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw new CacheSerializationException("The codec 'bytes' stores byte[] only, not "
                + value.getClass().getName() + ". Use the codec 'json' for it.");
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
        if (!type.rawType().isAssignableFrom(byte[].class)) {
            throw new CacheSerializationException(
                    "Stored bytes are read as " + type.schema() + " but are a byte[]. Use one type per key.");
        }
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }
}
