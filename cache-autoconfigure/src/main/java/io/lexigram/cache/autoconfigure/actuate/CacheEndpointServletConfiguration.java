package io.lexigram.cache.autoconfigure.actuate;

import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.OncePerRequestFilter;

/** Guards the endpoint's HTTP requests in the management context of a servlet application. */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
@ConditionalOnAvailableEndpoint(endpoint = CacheEndpoint.class, exposure = EndpointExposure.WEB)
class CacheEndpointServletConfiguration {

    @Bean
    FilterRegistrationBean<CacheEndpointFilter> lexigramCacheEndpointFilter(
            ObjectProvider<PathMappedEndpoints> endpoints) {
        return new FilterRegistrationBean<>(new CacheEndpointFilter(new CachePath(endpoints)));
    }
}
