package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.autoconfigure.GroupCheck;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes backends on Redis: on a connection of their own where an address is configured, else on the application's. Methods name
 * no further type of the driver: those would be loaded with this class, also where no backend is on Redis.
 */
final class RedisBackendFactory implements CacheBackendFactory {

    private final BeanFactory beans;
    private final ObjectProvider<SslBundles> bundles;

    /** The application's connection factory and its SSL bundles are looked for among the beans. */
    RedisBackendFactory(BeanFactory beans) {
        this.beans = beans;
        this.bundles = beans.getBeanProvider(SslBundles.class);
    }

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public CacheBackend create(BackendContext context) {
        if (context.properties().groupCheck() == GroupCheck.CHANNEL) {
            throw context.refused(
                    "group-check",
                    "channel",
                    "there is no check that goes by messages alone",
                    "Write exact, or auto, which is exact: invalidations then hold on all nodes when they return.");
        }
        try {
            KeyCodec keys = new KeyCodec(context.keyPrefix());
            return new EncodedBackend(
                    redis(context, keys), keys, context.properties().deadline(), context.maxTags(), context.time());
        } catch (CacheConfigurationException e) {
            throw context.placed(e);
        }
    }

    private ByteBackend redis(BackendContext context, KeyCodec keys) {
        RedisAddress address = new RedisAddress(context);
        if (!address.isNamed()) {
            LettuceConnectionFactory factory = new ApplicationRedis(beans).connection(context);
            RedisAccess.checkApplications(context, factory);
            return RedisBackend.using(factory, keys, context.time(), RedisConnectionListener.NONE);
        }
        RedisSettings settings = address.settings(new RedisSslOptions(context, bundles)::of);
        RedisBackend backend = RedisBackend.connectingTo(settings, keys, context.time(), RedisConnectionListener.NONE);
        try {
            address.checkEncryption(settings);
            RedisAccess.checkOwn(context, backend.unwrap(LettuceConnectionFactory.class));
            return backend;
        } catch (CacheConfigurationException e) {
            backend.close();
            throw e;
        }
    }
}
