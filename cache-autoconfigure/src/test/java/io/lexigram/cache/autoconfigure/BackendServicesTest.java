package io.lexigram.cache.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.service.LexigramCache;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A cache service for each backend, by qualifier. */
class BackendServicesTest {

    private static final CacheKey KEY = CacheKey.of("1").in("users");

    private final ApplicationContextRunner runner = Imports.runner()
            .withPropertyValues(
                    "lexigram.cache.backends.local.type=memory",
                    "lexigram.cache.backends.shared.type=memory",
                    "lexigram.cache.default-backend=local");

    @Test
    void a_qualifier_names_the_backend_and_without_one_the_default_is_meant() {
        runner.withBean(Injected.class).run(context -> {
            Injected injected = context.getBean(Injected.class);

            injected.shared.put(KEY, "Ada");

            assertThat(injected.shared.backends().keySet()).containsExactly("shared");
            assertThat(injected.plain.backends().keySet()).containsExactly("local", "shared");
            assertThat(injected.plain.get(KEY, String.class)).isNull();
            assertThat(injected.plain.on("shared").get(KEY, String.class)).isEqualTo("Ada");
            assertThat(injected.all).containsExactly(injected.plain);
            assertThat(injected.provider.getIfUnique()).isSameAs(injected.plain);
            assertThat(context.getBean(CacheService.class)).isSameAs(injected.plain);
            assertThat(context.getBeanProvider(CacheService.class).getIfUnique())
                    .isSameAs(injected.plain);
        });
    }

    @Test
    void nothing_is_opened_for_it() {
        AtomicInteger made = new AtomicInteger();
        runner.withBean(FakeBackend.class, () -> {
                    made.incrementAndGet();
                    return new FakeBackend();
                })
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        beans -> assertThat(made).hasValue(0)))
                .run(context -> assertThat(context.getBeanFactory().containsSingleton("lexigramCacheService.shared"))
                        .isFalse());
    }

    @Test
    void closing_the_application_closes_the_cache_once_and_not_through_them() {
        runner.withBean(Injected.class).run(context -> {
            CacheService shared = context.getBean(Injected.class).shared;
            context.getBeanFactory().destroyBean("lexigramCacheService.shared", shared);

            shared.put(KEY, "Ada");

            assertThat(shared.get(KEY, String.class)).isEqualTo("Ada");
        });
    }

    @Test
    void a_backend_that_is_a_bean_has_one_too_and_a_disabled_one_has_none() {
        runner.withBean("own", FakeBackend.class, FakeBackend::new)
                .withBean("unused", FakeBackend.class, FakeBackend::new)
                .withPropertyValues(
                        "lexigram.cache.backends.shared.enabled=false", "lexigram.cache.backends.unused.enabled=false")
                .run(context -> {
                    assertThat(context.getBeanFactory().containsBeanDefinition("lexigramCacheService.own"))
                            .isTrue();
                    assertThat(context.getBeanNamesForType(CacheService.class))
                            .containsExactlyInAnyOrder(
                                    "lexigramCacheService", "lexigramCacheService.local", "lexigramCacheService.own");
                    assertThat(context.getBean("lexigramCacheService.own", CacheService.class)
                                    .backends()
                                    .keySet())
                            .containsExactly("own");
                });
    }

    @Test
    void the_only_backend_of_an_application_that_configures_none_has_one_too() {
        Imports.runner().run(context -> assertThat(context.getBean("lexigramCacheService.memory", CacheService.class)
                        .backends())
                .containsOnlyKeys("memory"));
    }

    @Test
    void a_service_of_the_application_with_this_qualifier_goes_before_ours() {
        runner.withUserConfiguration(OwnShared.class).withBean(Injected.class).run(context -> {
            assertThat(context.getBean(Injected.class).shared).isSameAs(context.getBean("special"));
            assertThat(context.getBeanFactory().containsBeanDefinition("lexigramCacheService.shared"))
                    .isFalse();
            assertThat(context.getBean(Injected.class).plain).isSameAs(context.getBean("lexigramCacheService"));
        });
    }

    @Test
    void a_bean_of_another_kind_with_the_name_of_a_backend_is_in_nobodys_way() {
        runner.withBean("shared", String.class, () -> "a bean")
                .withBean(Injected.class)
                .run(context -> {
                    assertThat(context.getBean("shared")).isEqualTo("a bean");
                    assertThat(context.getBean(Injected.class).shared.backends().keySet())
                            .containsExactly("shared");
                });
    }

    @Test
    void where_the_application_has_a_service_of_its_own_there_are_none() {
        runner.withBean("mine", CacheService.class, LexigramCache::disabled)
                .run(context -> assertThat(context.getBeanNamesForType(CacheService.class))
                        .containsExactly("mine"));
    }

    @Test
    void switched_off_there_is_the_one_that_passes_through() {
        runner.withPropertyValues("lexigram.cache.enabled=false")
                .run(context -> assertThat(context.getBeanNamesForType(CacheService.class))
                        .containsExactly("lexigramCacheService"));
    }

    static class Injected {

        @Autowired
        CacheService plain;

        @Autowired
        @Qualifier("shared")
        CacheService shared;

        @Autowired
        List<CacheService> all;

        @Autowired
        ObjectProvider<CacheService> provider;
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnShared {

        @Bean(defaultCandidate = false)
        @Qualifier("shared")
        CacheService special() {
            return LexigramCache.disabled();
        }
    }
}
