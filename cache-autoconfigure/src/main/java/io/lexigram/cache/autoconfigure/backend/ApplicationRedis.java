package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.BackendContext;
import io.lexigram.cache.autoconfigure.CacheSettingException;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The application's own connection to Redis. */
final class ApplicationRedis {

    /** The property of Spring that lists a primary with its replicas. */
    private static final String FIXED_NODES = "spring.data.redis.masterreplica.nodes";

    private final BeanFactory beans;

    ApplicationRedis(BeanFactory beans) {
        this.beans = beans;
    }

    /** @throws io.lexigram.cache.CacheConfigurationException where there is none, or none that leads to the primary */
    LettuceConnectionFactory connection(BackendContext context) {
        LettuceConnectionFactory factory =
                beans.getBeanProvider(LettuceConnectionFactory.class).getIfUnique();
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
        Environment properties = beans.getBeanProvider(Environment.class).getIfAvailable();
        if (properties == null) {
            return List.of();
        }
        BindResult<List<String>> nodes = Binder.get(properties).bind(FIXED_NODES, Bindable.listOf(String.class));
        return nodes.isBound() ? nodes.get() : List.of();
    }
}
