package io.lexigram.cache.autoconfigure.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Guards the endpoint's HTTP requests in the management context of a reactive application. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({WebFilter.class, Mono.class})
@ConditionalOnAvailableEndpoint(endpoint = CacheEndpoint.class, exposure = EndpointExposure.WEB)
class CacheEndpointReactiveConfiguration {

    @Bean
    CacheEndpointWebFilter lexigramCacheEndpointFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
        return new CacheEndpointWebFilter(new CachePath(endpoints));
    }
}
