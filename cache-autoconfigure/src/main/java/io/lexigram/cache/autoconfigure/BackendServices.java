package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.spi.ByteBackend;
import io.lexigram.cache.spi.CacheBackend;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Adds, for each backend, the {@link CacheService} with all operations on that backend, for injection with its name as
 * {@code @Qualifier}. Without a qualifier the application's cache is injected as before. A {@code CacheService} of the
 * application that the qualifier fits already goes before ours.
 */
final class BackendServices implements BeanDefinitionRegistryPostProcessor {

    static final String SERVICE = "lexigramCacheService";

    private final Environment environment;

    BackendServices(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beans && registry.containsBeanDefinition(SERVICE)) {
            for (String backend : backends(beans)) {
                String name = SERVICE + "." + backend;
                if (!registry.containsBeanDefinition(name) && !isQualified(beans, backend)) {
                    registry.registerBeanDefinition(name, serviceOn(backend));
                }
            }
        }
    }

    /** Those that are configured and those that are beans; what cannot be read, the service refuses. */
    private Set<String> backends(ConfigurableListableBeanFactory beans) {
        Map<String, BackendProperties> configured = new LinkedHashMap<>();
        try {
            Binder.get(environment)
                    .bind(SettingName.of("backends"), Bindable.mapOf(String.class, BackendProperties.class))
                    .ifBound(configured::putAll);
        } catch (BindException e) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>(configured.keySet());
        Stream.of(CacheBackend.class, ByteBackend.class)
                .flatMap(type -> Arrays.stream(beans.getBeanNamesForType(type, true, false)))
                .forEach(names::add);
        if (names.isEmpty()) {
            names.add(ConfiguredBackends.MEMORY);
        }
        configured.forEach((name, backend) -> {
            if (!backend.enabled()) {
                names.remove(name);
            }
        });
        return names;
    }

    private static boolean isQualified(ConfigurableListableBeanFactory beans, String backend) {
        return Arrays.stream(beans.getBeanNamesForType(CacheService.class, true, false))
                .anyMatch(name -> BeanFactoryAnnotationUtils.isQualifierMatch(backend::equals, name, beans));
    }

    /** It is made when it is injected, and has nothing of its own to close. */
    private static RootBeanDefinition serviceOn(String backend) {
        RootBeanDefinition definition = new RootBeanDefinition(CacheService.class);
        definition.setFactoryBeanName(SERVICE);
        definition.setFactoryMethodName("on");
        definition.getConstructorArgumentValues().addGenericArgumentValue(backend);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, backend));
        definition.setDefaultCandidate(false);
        definition.setLazyInit(true);
        definition.setDestroyMethodName("");
        return definition;
    }
}
