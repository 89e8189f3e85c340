package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import net.rubyeye.xmemcached.MemcachedClient;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Knows the backend type {@code memcached} where its driver is on the class path. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass(MemcachedClient.class)
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
public final class MemcachedBackendAutoConfiguration {

    @Bean
    MemcachedBackendFactory lexigramCacheMemcachedBackendFactory(BeanFactory beans) {
        return new MemcachedBackendFactory(beans);
    }
}
