package io.lexigram.cache.autoconfigure.health;

import io.lexigram.cache.BackendInfo;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.BackendHealthChecks;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import io.lexigram.cache.autoconfigure.LexigramCacheProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contributes {@code lexigramCache} to the health of the application, with a component for each backend. */
@AutoConfiguration(after = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("lexigram-cache")
@ConditionalOnBooleanProperty(
        name = {"lexigram.cache.enabled", "lexigram.cache.service.enable-health-checks"},
        matchIfMissing = true)
@ConditionalOnBean(BackendHealthChecks.class)
public final class CacheHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"lexigramCacheHealthContributor", "lexigramCacheHealthIndicator"})
    CompositeHealthContributor lexigramCacheHealthContributor(
            CacheService cache, BackendHealthChecks checks, LexigramCacheProperties properties) {
        boolean failOnDown = properties.health().failOnDown();
        Map<String, BackendHealthIndicator> components = new LinkedHashMap<>();
        for (BackendInfo backend : cache.backends().values()) {
            String name = backend.name();
            components.put(
                    name,
                    new BackendHealthIndicator(
                            name, backend.type(), checks, () -> circuitBreaker(cache, name), failOnDown));
        }
        return CompositeHealthContributor.fromMap(components);
    }

    private static @Nullable String circuitBreaker(CacheService cache, String backend) {
        BackendInfo info = cache.on(backend).backends().get(backend);
        return info == null ? null : info.circuitBreaker();
    }

    /** Gives DEGRADED its place among the statuses that the application's health is made of. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthEndpointProperties.class)
    static class StatusOrder {

        @Bean
        static DegradedStatusOrder lexigramCacheDegradedStatusOrder() {
            return new DegradedStatusOrder();
        }
    }
}
