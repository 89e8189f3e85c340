package io.lexigram.cache.autoconfigure.backend;

import io.lettuce.core.RedisClient;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Knows the backend type {@code redis} where its driver is on the class path. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass({LettuceConnectionFactory.class, RedisClient.class})
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
public final class RedisBackendAutoConfiguration {

    @Bean
    RedisBackendFactory lexigramCacheRedisBackendFactory(BeanFactory beans) {
        return new RedisBackendFactory(beans);
    }
}
