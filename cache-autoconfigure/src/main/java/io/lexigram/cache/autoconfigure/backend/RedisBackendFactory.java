package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes backends on Redis: on a connection of their own where an address is configured, else on the application's. Methods name
 * no further type of the driver: those would be loaded with this class, also where no backend is on Redis.
 */
final class RedisBackendFactory implements CacheBackendFactory {

    private final ObjectProvider<LettuceConnectionFactory> application;
    private final ObjectProvider<SslBundles> bundles;
    private final Function<String, RedisConnectionListener> listeners;

    /** The listener of a backend is found by the backend's name. */
    RedisBackendFactory(
            ObjectProvider<LettuceConnectionFactory> application,
            ObjectProvider<SslBundles> bundles,
            Function<String, RedisConnectionListener> listeners) {
        this.application = application;
        this.bundles = bundles;
        this.listeners = listeners;
    }

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        try {
            KeyCodec keys = new KeyCodec(context.keyPrefix());
            return new EncodedBackend(
                    redis(context, keys), keys, context.properties().deadline(), context.maxTags(), context.time());
        } catch (CacheConfigurationException e) {
            throw context.placed(e);
        }
    }

    private ByteBackend redis(BackendContext context, KeyCodec keys) {
        RedisConnectionListener listener = listeners.apply(context.name());
        RedisAddress address = new RedisAddress(context);
        if (!address.isNamed()) {
            LettuceConnectionFactory factory = applicationFactory(context);
            RedisAccess.checkApplications(context, factory);
            return RedisBackend.using(factory, keys, context.time(), listener);
        }
        RedisSettings settings = address.settings(new RedisSslOptions(context, bundles)::of);
        RedisBackend backend = RedisBackend.connectingTo(settings, keys, context.time(), listener);
        try {
            address.checkEncryption(settings);
            RedisAccess.checkOwn(context, backend.unwrap(LettuceConnectionFactory.class));
            return backend;
        } catch (CacheConfigurationException e) {
            backend.close();
            throw e;
        }
    }

    private LettuceConnectionFactory applicationFactory(BackendContext context) {
        LettuceConnectionFactory factory = application.getIfUnique();
        if (factory == null) {
            throw context.refused(
                    "url",
                    null,
                    "and the application has no LettuceConnectionFactory, or several of equal rank",
                    "Write redis://host:port, or configure spring.data.redis for Lettuce, or mark one of the beans @Primary.");
        }
        return factory;
    }
}
