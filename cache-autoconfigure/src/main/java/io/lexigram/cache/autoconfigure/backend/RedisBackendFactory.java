package io.lexigram.cache.autoconfigure.backend;

import io.lettuce.core.SslOptions;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.autoconfigure.GroupCheck;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.CacheBackend;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes backends on Redis: on a connection of their own where an address is configured, else on the application's. */
final class RedisBackendFactory implements CacheBackendFactory {

    private final ObjectProvider<LettuceConnectionFactory> application;
    private final ObjectProvider<SslBundles> bundles;

    /** The application's connection factory and its SSL bundles are looked for among the beans. */
    RedisBackendFactory(BeanFactory beans) {
        this.application = beans.getBeanProvider(LettuceConnectionFactory.class);
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

    private RedisBackend redis(BackendContext context, KeyCodec keys) {
        RedisAddress address = new RedisAddress(context);
        if (!address.isNamed()) {
            LettuceConnectionFactory factory = applicationFactory(context);
            RedisAccess.checkApplications(context, factory);
            return RedisBackend.using(factory, keys, context.time(), RedisConnectionListener.NONE);
        }
        RedisSettings settings = address.settings(name -> sslOptions(context, name));
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

    private SslOptions sslOptions(BackendContext context, String name) {
        SslBundles all = bundles.getIfAvailable();
        if (all == null || !all.getBundleNames().contains(name)) {
            throw context.refused(
                    "ssl-bundle", name, "there is no such SSL bundle", "Configure one below spring.ssl.bundle.");
        }
        SslBundle bundle = all.getBundle(name);
        SslOptions.Builder options = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        if (bundle.getOptions().getCiphers() != null) {
            options.cipherSuites(bundle.getOptions().getCiphers());
        }
        if (bundle.getOptions().getEnabledProtocols() != null) {
            options.protocols(bundle.getOptions().getEnabledProtocols());
        }
        return options.build();
    }
}
