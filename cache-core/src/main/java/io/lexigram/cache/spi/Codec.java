package io.lexigram.cache.spi;

import io.lexigram.cache.TypeRef;

/**
 * Turns values into bytes and back. The bytes it is given to decode come from a network and may be hostile: it must never
 * choose a class by them.
 *
 * <p>Null is not a codec's business; the envelope notes it.
 */
public interface Codec {

    /** The name, stored with each value: 1 to 32 characters of {@code a-z0-9-}. It must never be reused for another format. */
    String name();

    /** @throws io.lexigram.cache.CacheSerializationException when the value cannot be read back as the type */
    byte[] encode(Object value, TypeRef<?> type);

    /**
     * Reads {@code length} bytes from {@code offset} on.
     *
     * @throws io.lexigram.cache.CacheSerializationException when the bytes are no value of the type
     */
    Object decode(byte[] bytes, int offset, int length, TypeRef<?> type);
}
