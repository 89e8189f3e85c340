package io.lexigram.cache.contract;

import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.spi.CacheBackend;
import java.util.EnumSet;
import java.util.Set;

/** Copies in memory before a Memcached. Nodes tell each other nothing, so that each law is about one of them. */
final class TieredMemcachedFixture implements BackendFixture {

    /** A second of the server may be over at once: copies end before it, and live for 300 ms where entries live minutes. */
    private static final double LIFE_SHARE = 0.001;

    private final MemcachedFixture shared = new MemcachedFixture();

    @Override
    public String name() {
        return "tiered memcached";
    }

    @Override
    public Set<Capability> capabilities() {
        EnumSet<Capability> capabilities = EnumSet.copyOf(shared.capabilities());
        // What is changed behind the node's back is not seen before the copies have ended.
        capabilities.remove(Capability.RAW_BYTES);
        capabilities.remove(Capability.SHARED);
        capabilities.add(Capability.ENTRY_COUNT);
        return capabilities;
    }

    /** It is enough to look where there are no copies. */
    @Override
    public boolean countsLoads() {
        return false;
    }

    @Override
    public CacheBackend open(String partition) {
        MemoryBackend copies = MemoryBackend.builder().executor(Runnable::run).build();
        return TieredBackend.builder(copies, shared.open(partition))
                .lifeShare(LIFE_SHARE)
                .build();
    }

    @Override
    public Set<Class<?>> nativeTypes() {
        return shared.nativeTypes();
    }

    @Override
    public void close() {
        shared.close();
    }
}
