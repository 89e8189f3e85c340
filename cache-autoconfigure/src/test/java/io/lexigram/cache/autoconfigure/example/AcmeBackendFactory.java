package io.lexigram.cache.autoconfigure.example;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.CacheBackend;

/** Makes backends of {@code type: acme}; listed in META-INF/services, so no bean is needed. */
public final class AcmeBackendFactory implements CacheBackendFactory {

    @Override
    public String type() {
        return "acme";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        String region = context.properties().options().get("region");
        if (region == null) {
            throw context.refused("options.region", null, "Acme stores by region", "Write one, such as eu.");
        }
        KeyCodec keys = new KeyCodec(context.keyPrefix());
        return new EncodedBackend(
                new AcmeBackend(region), keys, context.properties().deadline(), context.time());
    }
}
