package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.autoconfigure.actuate.CacheEndpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Each library that an application may do without: the context starts and caches without it. */
class OptionalLibrariesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("management.endpoints.web.exposure.include=*", "lexigram.cache.caches.numbers.ttl=1m");

    @Test
    void the_cache_works_with_all_of_them() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(CacheEndpoint.class).hasBean("lexigramCacheHealthContributor");
            assertThat(context).hasBean("lexigramCacheMeters").hasBean("lexigramCacheRedisBackendFactory");
        });
    }

    @Test
    void the_cache_works_without_redis() {
        assertCachesWithout("org.springframework.data.redis", "io.lettuce");
    }

    @Test
    void the_cache_works_without_memcached() {
        assertCachesWithout("net.rubyeye.xmemcached", "com.google.code.yanf4j");
    }

    @Test
    void the_cache_works_without_the_actuator() {
        assertCachesWithout("org.springframework.boot.actuate");
    }

    @Test
    void without_the_actuator_there_is_no_endpoint() {
        runner.withClassLoader(Imports.without("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).doesNotHaveBean("lexigramCacheEndpoint"));
    }

    @Test
    void the_cache_works_without_health() {
        assertCachesWithout("org.springframework.boot.health");
    }

    @Test
    void without_health_the_endpoint_is_there() {
        runner.withClassLoader(Imports.without("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasSingleBean(CacheEndpoint.class)
                        .doesNotHaveBean("lexigramCacheHealthContributor"));
    }

    @Test
    void the_cache_works_without_micrometer() {
        assertCachesWithout("io.micrometer", "org.springframework.boot.micrometer");
    }

    @Test
    void the_cache_works_without_reactor() {
        assertCachesWithout("reactor");
    }

    @Test
    void the_cache_works_without_spring_web() {
        assertCachesWithout("org.springframework.web", "jakarta.servlet");
    }

    @Test
    void the_cache_works_without_transactions() {
        assertCachesWithout("org.springframework.transaction");
    }

    @Test
    void the_cache_works_without_any_of_them() {
        assertCachesWithout(
                "org.springframework.data",
                "io.lettuce",
                "net.rubyeye.xmemcached",
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "io.micrometer",
                "org.springframework.boot.micrometer",
                "reactor",
                "org.springframework.web",
                "jakarta.servlet",
                "org.springframework.transaction");
    }

    /** A wrong name in afterName is ignored without a word. */
    @Test
    void every_auto_configuration_that_ours_are_ordered_against_by_name_exists() {
        for (String name : Imports.names()) {
            AutoConfiguration ours = ClassUtils.resolveClassName(name, null).getAnnotation(AutoConfiguration.class);
            for (String[] others : new String[][] {ours.afterName(), ours.beforeName()}) {
                for (String other : others) {
                    assertThat(ClassUtils.isPresent(other, null)).as(other).isTrue();
                }
            }
        }
    }

    private void assertCachesWithout(String... packages) {
        runner.withClassLoader(Imports.without(packages)).run(context -> {
            Cache<Integer> numbers = context.getBean(CacheService.class).cache("numbers", Integer.class);
            AtomicInteger loads = new AtomicInteger();
            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(1);
            assertThat(numbers.get("a", loads::incrementAndGet)).isEqualTo(1);
        });
    }

    /** Selects our auto-configurations by class as a start-up does, before any of them is loaded. */
    @Configuration(proxyBeanMethods = false)
    @Import(OurAutoConfigurations.class)
    static class Application {}

    static class OurAutoConfigurations extends AutoConfigurationImportSelector {

        @Override
        protected Class<?> getAnnotationClass() {
            return Import.class;
        }

        @Override
        protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
            return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
        }

        @Override
        protected List<String> getCandidateConfigurations(
                AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
            return Imports.names();
        }
    }
}
