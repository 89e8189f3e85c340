package io.lexigram.cache.autoconfigure.actuate;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.BackendHealthChecks;
import io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The actuator endpoint {@code cache}, where the application exposes it. */
@AutoConfiguration(after = LexigramCacheAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(CacheEndpoint.class)
@ConditionalOnBean(BackendHealthChecks.class)
public final class CacheEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CacheEndpoint lexigramCacheEndpoint(CacheService cache, BackendHealthChecks health) {
        return new CacheEndpoint(cache, health);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(CacheEndpoint.class)
    @ConditionalOnAvailableEndpoint(endpoint = CacheEndpoint.class, exposure = EndpointExposure.WEB)
    CacheEndpointWebExtension lexigramCacheEndpointWebExtension(CacheEndpoint endpoint) {
        return new CacheEndpointWebExtension(endpoint);
    }
}
