package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.LexigramCacheCustomizer;
import io.lexigram.cache.request.CurrentRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/**
 * Lets the annotations of {@code io.lexigram.cache.annotation} take effect on all beans.
 *
 * <p>Off with {@code lexigram.cache.enabled=false}, when every call would only be passed through. The properties are read from
 * the environment: a bean of properties would be created before the post-processors that are still to come.
 */
@AutoConfiguration(
        afterName = {
            "io.lexigram.cache.autoconfigure.LexigramCacheAutoConfiguration",
            "io.lexigram.cache.autoconfigure.request.RequestMemoAutoConfiguration"
        })
@ConditionalOnBean(CacheService.class)
@ConditionalOnBooleanProperty(name = "lexigram.cache.enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@Import(AutoProxyRegistrar.class)
public final class CacheAnnotationsAutoConfiguration {

    /** Outside transactions, whose advisor comes last by default, with room in between. */
    static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 100;

    private static final String ORDER = "lexigram.cache.annotations.order";
    private static final String FLUX_ITEMS = "lexigram.cache.limits.flux-items";
    private static final int DEFAULT_FLUX_ITEMS = 10_000;

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static MethodPlans lexigramCacheMethodPlans(
            ConfigurableListableBeanFactory beans,
            Environment environment,
            ObjectProvider<CacheService> services,
            ObjectProvider<TransactionBoundary> transactions,
            ObjectProvider<ReactiveTransactions> reactiveTransactions,
            ObjectProvider<CurrentRequest> requests) {
        ClassLoader classLoader = beans.getBeanClassLoader();
        AttributeCompiler attributes = new AttributeCompiler(
                beans,
                classLoader == null ? CacheAnnotationsAutoConfiguration.class.getClassLoader() : classLoader,
                SingletonSupplier.of(services::getObject));
        return new MethodPlans(
                new OperationCompiler(attributes),
                new Executions(
                        environment.getProperty(FLUX_ITEMS, Integer.class, DEFAULT_FLUX_ITEMS), reactiveTransactions),
                new MethodPlan.Surroundings(
                        transactions.getIfAvailable(() -> TransactionBoundary.NONE),
                        requests.getIfAvailable(() -> CurrentRequest.NONE)));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CacheAnnotationAdvisor lexigramCacheAnnotationAdvisor(MethodPlans plans, Environment environment) {
        return new CacheAnnotationAdvisor(plans, environment.getProperty(ORDER, Integer.class, DEFAULT_ORDER));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static CacheAnnotationReport lexigramCacheAnnotationReport(
            ConfigurableListableBeanFactory beans, MethodPlans plans) {
        return new CacheAnnotationReport(beans, plans);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class Transactions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static SpringTransactionBoundary lexigramCacheTransactionBoundary() {
            return new SpringTransactionBoundary();
        }

        /** A load that the application asks for in a transaction reads in that transaction. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        static LexigramCacheCustomizer lexigramCacheTransactionsStayOnTheirThread() {
            return builder -> builder.boundToThread(TransactionSynchronizationManager::isActualTransactionActive);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Mono.class, org.springframework.transaction.reactive.TransactionSynchronizationManager.class})
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static class TransactionsOfSubscriptions {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static SpringReactiveTransactions lexigramCacheReactiveTransactions() {
            return new SpringReactiveTransactions();
        }
    }
}
