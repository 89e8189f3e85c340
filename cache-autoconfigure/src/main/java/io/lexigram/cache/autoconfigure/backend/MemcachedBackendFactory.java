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
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;

/** Makes backends on Memcached. */
final class MemcachedBackendFactory implements CacheBackendFactory {

    private final ObjectProvider<SslBundles> bundles;

    /** The SSL bundles of the application are looked for among the beans. */
    MemcachedBackendFactory(BeanFactory beans) {
        this.bundles = beans.getBeanProvider(SslBundles.class);
    }

    @Override
    public String type() {
        return "memcached";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        try {
            BackendProperties properties = context.properties();
            MemcachedSettings settings =
                    new MemcachedServers(context, new MemcachedEncryption(context, bundles)).settings();
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
