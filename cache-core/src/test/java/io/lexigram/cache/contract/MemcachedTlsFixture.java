package io.lexigram.cache.contract;

import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.SharedTlsClient;
import io.lexigram.cache.codec.KeyCodec;
import java.util.Set;

/** A Memcached of this JVM that speaks TLS. It is not emptied: no other fixture has the keys of this one. */
final class MemcachedTlsFixture extends MemcachedFixture {

    @Override
    public String name() {
        return "memcached with TLS";
    }

    @Override
    MemcachedBackend backend(KeyCodec keys) {
        return SharedTlsClient.backend(keys);
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return Set.of();
    }

    @Override
    public void close() {}
}
