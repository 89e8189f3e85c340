package io.lexigram.cache.autoconfigure.backend;

import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Knows the backend type {@code tiered}. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass(name = "com.github.benmanes.caffeine.cache.Caffeine")
public final class TieredBackendAutoConfiguration {

    @Bean
    TieredBackendFactory lexigramCacheTieredBackendFactory() {
        return new TieredBackendFactory();
    }
}
