package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.context.annotation.Bean;

/**
 * Knows the backend type {@code redis} where its driver is on the class path. It looks for resources: a condition on classes
 * loads them, also in an application that has the driver for something else.
 */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnResource(
        resources = {
            "classpath:org/springframework/data/redis/connection/lettuce/LettuceConnectionFactory.class",
            "classpath:io/lettuce/core/RedisClient.class"
        })
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
public final class RedisBackendAutoConfiguration {

    @Bean
    RedisBackendFactory lexigramCacheRedisBackendFactory(BeanFactory beans) {
        return new RedisBackendFactory(beans);
    }
}
