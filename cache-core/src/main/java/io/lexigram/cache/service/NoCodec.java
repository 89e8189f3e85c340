package io.lexigram.cache.service;

import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.spi.Codec;

/** The codec of a service that stores nothing. */
final class NoCodec implements Codec {

    static final NoCodec INSTANCE = new NoCodec();

    private NoCodec() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public byte[] encode(Object value, TypeRef<?> type) {
        throw new CacheSerializationException("The cache is disabled and encodes nothing");
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) {
        throw new CacheSerializationException("The cache is disabled and decodes nothing");
    }
}
