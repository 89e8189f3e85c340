package io.lexigram.cache.autoconfigure.request;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.request.CurrentRequest;
import io.lexigram.cache.request.RequestScopedReads;
import jakarta.servlet.ServletRequestListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Results remembered for the time of one request, servlet or reactive. Works also where the cache is off: it is no part of it.
 *
 * <p>The bound is read from the environment: a bean of properties would be created before the post-processors that are still
 * to come.
 */
@AutoConfiguration(afterName = "io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration")
public final class RequestMemoAutoConfiguration {

    private static final String MAX_RESULTS = "lexigram.cache.limits.request-results";
    private static final int DEFAULT_MAX_RESULTS = 10_000;

    private static int maxResults(Environment environment) {
        return environment.getProperty(MAX_RESULTS, Integer.class, DEFAULT_MAX_RESULTS);
    }

    @Bean
    @ConditionalOnSingleCandidate(CacheService.class)
    @ConditionalOnMissingBean
    static RequestScopedReads lexigramCacheRequestScopedReads(
            CacheService caches, ObjectProvider<CurrentRequest> requests) {
        return new RequestScopedReads(caches, requests.getIfAvailable(() -> CurrentRequest.NONE));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RequestContextHolder.class)
    @ConditionalOnMissingBean(CurrentRequest.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Servlet {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ServletCurrentRequest lexigramCacheCurrentRequest(Environment environment) {
            return new ServletCurrentRequest(maxResults(environment));
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(ServletRequestListener.class)
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static class End {

            @Bean
            static RequestMemoEnd lexigramCacheRequestMemoEnd() {
                return new RequestMemoEnd();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebFilter.class, Mono.class})
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        static RequestMemoWebFilter lexigramCacheRequestMemoWebFilter(Environment environment) {
            return new RequestMemoWebFilter(maxResults(environment));
        }
    }
}
