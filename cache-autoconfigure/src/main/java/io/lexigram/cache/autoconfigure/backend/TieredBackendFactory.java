package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.backend.tiered.TieredBackend;
import io.lexigram.cache.spi.CacheBackend;
import org.jspecify.annotations.Nullable;

/** Makes tiered backends out of others: copies as one of them is configured, entries in another one. */
final class TieredBackendFactory implements CacheBackendFactory {

    @Override
    public String type() {
        return "tiered";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        BackendProperties properties = context.properties();
        try {
            return TieredBackend.builder(local(context), shared(context))
                    .ownsShared(false)
                    .time(context.time())
                    .lifeShare(properties.l1TtlMultiplier())
                    .longestLife(properties.l1MaxTtl())
                    .heartbeat(properties.heartbeat())
                    .onDisconnect(properties.onDisconnect())
                    .maxDisconnected(properties.maxDisconnected())
                    .build();
        } catch (CacheConfigurationException e) {
            throw context.placed(e);
        }
    }

    private static CacheBackend local(BackendContext context) {
        String name = context.properties().l1();
        if (name == null) {
            return MemoryBackend.builder().time(context.time()).build();
        }
        CacheBackend local = context.others().like(name);
        if (local == null) {
            throw unknown(context, "l1", name, "a backend of type memory");
        }
        return local;
    }

    private static CacheBackend shared(BackendContext context) {
        String name = context.properties().l2();
        CacheBackend shared = name == null ? null : context.others().named(name);
        if (shared == null) {
            throw unknown(context, "l2", name, "the backend that holds the entries, such as one of type redis");
        }
        return shared;
    }

    private static CacheConfigurationException unknown(
            BackendContext context, String property, @Nullable String name, String wanted) {
        return context.refused(
                property,
                name,
                name == null ? "a tiered backend needs one" : "there is no backend of this name, or it is disabled",
                "Name " + wanted + " under lexigram.cache.backends.");
    }
}
