package io.lexigram.cache.autoconfigure.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.annotation.Cached;
import io.lexigram.cache.annotation.RequestCached;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;

class CacheAnnotationsAutoConfigurationTest {

    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CacheAnnotationsAutoConfiguration.class))
            .withBean(Products.class);

    private final ApplicationContextRunner runner = bare.withBean(CacheService.class, CachingContext::memory);

    @Test
    void annotated_beans_are_intercepted() {
        runner.run(context -> assertThat(runsOfTwoCalls(context)).isEqualTo(1));
    }

    @Test
    void nothing_is_intercepted_where_there_is_no_cache() {
        bare.run(context -> {
            assertThat(context).doesNotHaveBean(CacheAnnotationAdvisor.class);
            assertThat(runsOfTwoCalls(context)).isEqualTo(2);
        });
    }

    @Test
    void nothing_is_intercepted_when_the_cache_is_off() {
        runner.withPropertyValues("lexigram.cache.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CacheAnnotationAdvisor.class));
    }

    @Test
    void it_works_beside_the_aop_support_of_boot() {
        runner.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .run(context -> assertThat(runsOfTwoCalls(context)).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.transaction",
                "org.springframework.web",
                "reactor",
                "org.reactivestreams",
                "org.aspectj",
                "jakarta.servlet"
            })
    void it_works_without(String library) {
        runner.withClassLoader(new FilteredClassLoader(library)).run(context -> {
            assertThat(runsOfTwoCalls(context)).isEqualTo(1);
            assertThat(context.getBean(Products.class).later(1).join()).isEqualTo("found");
        });
    }

    @Test
    void without_requests_a_method_cached_for_one_simply_runs() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web"))
                .run(context -> {
                    context.getBean(Products.class).perRequest();
                    assertThat(context.getBean(Products.class).perRequest()).isEqualTo(2);
                });
    }

    @Test
    void beans_get_proxies_of_their_class() {
        runner.run(context -> assertThat(AopUtils.isCglibProxy(context.getBean(Products.class)))
                .isTrue());
    }

    @Test
    void beans_get_proxies_of_their_interfaces_where_that_is_wanted() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean(Getting.class)
                .run(context -> assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Supplier.class)))
                        .isTrue());
    }

    @Test
    void the_advisor_comes_before_that_of_transactions() {
        runner.withUserConfiguration(Transactions.class).run(context -> assertThat(
                        context.getBean(CacheAnnotationAdvisor.class).getOrder())
                .isLessThan(context.getBean(BeanFactoryTransactionAttributeSourceAdvisor.class)
                        .getOrder()));
    }

    @Test
    void its_place_is_a_property() {
        runner.withPropertyValues("lexigram.cache.annotations.order=5").run(context -> assertThat(
                        context.getBean(CacheAnnotationAdvisor.class).getOrder())
                .isEqualTo(5));
    }

    @Test
    void its_place_by_default_leaves_room_before_the_last() {
        runner.run(context -> assertThat(
                        context.getBean(CacheAnnotationAdvisor.class).getOrder())
                .isEqualTo(Ordered.LOWEST_PRECEDENCE - 100));
    }

    @Test
    void the_cache_is_not_created_before_it_is_needed() {
        AtomicInteger created = new AtomicInteger();
        bare.withBean(CacheService.class, () -> {
                    created.incrementAndGet();
                    return CachingContext.memory();
                })
                .withInitializer(context -> context.addBeanFactoryPostProcessor(factory -> factory.addBeanPostProcessor(
                        new AtFirstBean(() -> assertThat(created).hasValue(0)))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static int runsOfTwoCalls(AssertableApplicationContext context) {
        Products products = context.getBean(Products.class);
        products.find(1);
        products.find(1);
        return products.runs();
    }

    /** Public: where a library is hidden, its proxy is of another class loader. */
    public static class Products {

        private final AtomicInteger runs = new AtomicInteger();

        public int runs() {
            return runs.get();
        }

        @Cached(cache = "products", key = "#id")
        public String find(long id) {
            runs.incrementAndGet();
            return "found";
        }

        @Cached(cache = "later", key = "#id")
        public CompletableFuture<String> later(long id) {
            return CompletableFuture.completedFuture("found");
        }

        @RequestCached
        public int perRequest() {
            return runs.incrementAndGet();
        }
    }

    static class Getting implements Supplier<String> {

        @Override
        @Cached(cache = "got")
        public String get() {
            return "got";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Transactions {}

    private record AtFirstBean(Runnable check) implements BeanPostProcessor {

        @Override
        public Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof Products) {
                check.run();
            }
            return bean;
        }
    }
}
