package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.memcached.MemcachedBackend;
import io.lexigram.cache.backend.memcached.MemcachedSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.CacheBackend;

/** Makes backends on Memcached. */
final class MemcachedBackendFactory implements CacheBackendFactory {

    @Override
    public String type() {
        return "memcached";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        try {
            BackendProperties properties = context.properties();
            MemcachedSettings settings = new MemcachedServers(context).settings();
            KeyCodec keys = MemcachedBackend.keys(context.keyPrefix());
            MemcachedBackend memcached = properties.listKeys()
                    ? MemcachedBackend.listingKeys(settings, keys, context.time())
                    : MemcachedBackend.connectingTo(settings, keys, context.time());
            return new EncodedBackend(memcached, keys, properties.deadline(), context.maxTags(), context.time());
        } catch (CacheConfigurationException e) {
            throw context.placed(e);
        }
    }
}
