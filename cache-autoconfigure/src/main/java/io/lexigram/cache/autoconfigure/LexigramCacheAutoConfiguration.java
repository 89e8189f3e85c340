package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.TimeSource;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Makes the application's {@link CacheService}, unless it has one. With {@code lexigram.cache.enabled: false} it is one that
 * runs loaders and holds nothing.
 */
@AutoConfiguration
@EnableConfigurationProperties(LexigramCacheProperties.class)
public final class LexigramCacheAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TimeSource lexigramCacheTimeSource(ObjectProvider<Clock> clock) {
        return timeSource(clock.getIfUnique());
    }

    /** The ticker is always that of the JVM. */
    static TimeSource timeSource(@Nullable Clock own) {
        return own == null ? TimeSource.SYSTEM : new TimeSource(own, System::nanoTime);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    CacheService lexigramCacheService(
            LexigramCacheProperties properties, TimeSource time, ListableBeanFactory beans, Environment environment) {
        return properties.enabled()
                ? new CacheServiceFactory(properties, time, beans, environment).create()
                : LexigramCache.disabled();
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
    static BackendServices lexigramCacheBackendServices(Environment environment) {
        return new BackendServices(environment);
    }

    @Bean
    @ConditionalOnSingleCandidate(CacheService.class)
    BackendHealthChecks lexigramCacheBackendHealthChecks(
            CacheService cache, LexigramCacheProperties properties, TimeSource time) {
        return new BackendHealthChecks(cache, properties, time);
    }

    @Bean
    @ConditionalOnSingleCandidate(CacheService.class)
    CacheMaintenance lexigramCacheMaintenance(CacheService cache, LexigramCacheProperties properties) {
        CacheMaintenance maintenance = CacheMaintenance.create();
        maintenance.start(cache, properties.backends());
        return maintenance;
    }
}
