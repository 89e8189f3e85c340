package io.lexigram.cache.autoconfigure.backend;

import io.lettuce.core.RedisClient;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.event.CacheEventListener;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Knows the backend type {@code redis} where its driver is on the class path. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass({LettuceConnectionFactory.class, RedisClient.class})
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
public final class RedisBackendAutoConfiguration {

    @Bean
    RedisBackendFactory lexigramCacheRedisBackendFactory(
            ObjectProvider<LettuceConnectionFactory> connections,
            ObjectProvider<SslBundles> bundles,
            ObjectProvider<CacheEventListener> listeners,
            Environment environment) {
        BindResult<List<String>> fixedNodes =
                Binder.get(environment).bind(RedisBackendFactory.FIXED_NODES, Bindable.listOf(String.class));
        return new RedisBackendFactory(
                connections,
                bundles,
                name -> new ConnectionEvents(name, listeners),
                fixedNodes.isBound() ? fixedNodes.get() : List.of());
    }
}
