package io.lexigram.cache.autoconfigure.metrics;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.BackendProperties;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.autoconfigure.LexigramCacheProperties;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Registers meters for every cache, those that appear while the application runs included. */
@AutoConfiguration(before = LexigramCacheAutoConfiguration.class)
@EnableConfigurationProperties(LexigramCacheProperties.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBooleanProperty(
        name = {"lexigram.cache.enabled", "lexigram.cache.service.enable-metrics"},
        matchIfMissing = true)
public final class CacheMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CacheMeters lexigramCacheMeters(ObjectProvider<CacheService> cache, LexigramCacheProperties properties) {
        return new CacheMeters(
                cache::getIfUnique,
                backend -> isMetered(properties, backend),
                properties.limits().caches());
    }

    @Bean
    ChannelMeterBinder lexigramCacheChannelMeters(ObjectProvider<CacheService> cache) {
        return new ChannelMeterBinder(cache::getIfUnique);
    }

    private static boolean isMetered(LexigramCacheProperties properties, String backend) {
        BackendProperties configured = properties.backends().get(backend);
        return configured == null || configured.enableMetrics();
    }
}
