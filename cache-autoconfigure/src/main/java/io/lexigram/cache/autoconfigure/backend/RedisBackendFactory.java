package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheBackendFactory;
import io.lexigram.cache.autoconfigure.CacheSettingException;
import io.lexigram.cache.autoconfigure.GroupCheck;
import io.lexigram.cache.backend.EncodedBackend;
import io.lexigram.cache.backend.redis.RedisBackend;
import io.lexigram.cache.backend.redis.RedisConnectionListener;
import io.lexigram.cache.backend.redis.RedisSettings;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes backends on Redis: on a connection of their own where an address is configured, else on the application's. Methods name
 * no further type of the driver: those would be loaded with this class, also where no backend is on Redis.
 */
final class RedisBackendFactory implements CacheBackendFactory {

    /** The property of Spring that lists a primary with its replicas. */
    private static final String FIXED_NODES = "spring.data.redis.masterreplica.nodes";

    private final ObjectProvider<LettuceConnectionFactory> application;
    private final ObjectProvider<SslBundles> bundles;
    private final ObjectProvider<Environment> environment;

    /** The application's connection factory, its SSL bundles and its properties are looked for among the beans. */
    RedisBackendFactory(BeanFactory beans) {
        this.application = beans.getBeanProvider(LettuceConnectionFactory.class);
        this.bundles = beans.getBeanProvider(SslBundles.class);
        this.environment = beans.getBeanProvider(Environment.class);
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
            LettuceConnectionFactory factory = applicationFactory(context);
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

    private LettuceConnectionFactory applicationFactory(BackendContext context) {
        LettuceConnectionFactory factory = application.getIfUnique();
        if (factory == null) {
            throw context.refused(
                    "url",
                    null,
                    "and the application has no LettuceConnectionFactory, or several of equal rank",
                    "Write redis://host:port, or configure spring.data.redis for Lettuce, or mark one of the beans @Primary.");
        }
        List<String> fixedNodes = fixedNodes();
        if (!fixedNodes.isEmpty() && !factory.isClusterAware() && !factory.isRedisSentinelAware()) {
            throw new CacheSettingException(
                    FIXED_NODES,
                    String.join(",", fixedNodes),
                    "backend '" + context.name()
                            + "' would use this connection, which does not tell which of them is the"
                            + " primary; a replica may not have heard of an invalidation yet",
                    "Write " + context.setting("url") + " with the address of the primary, or "
                            + context.setting("sentinel.master") + " and " + context.setting("sentinel.nodes") + ".");
        }
        return factory;
    }

    private List<String> fixedNodes() {
        Environment properties = environment.getIfAvailable();
        if (properties == null) {
            return List.of();
        }
        BindResult<List<String>> nodes = Binder.get(properties).bind(FIXED_NODES, Bindable.listOf(String.class));
        return nodes.isBound() ? nodes.get() : List.of();
    }
}
