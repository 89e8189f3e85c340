package io.lexigram.cache.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Adds {@link CacheVariables} to the environment: below Spring's own reading of variables, above configuration files. */
final class CacheVariablesPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    /** After configuration files were read, for they name backends and caches. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.get(VARIABLES) instanceof SystemEnvironmentPropertySource system) {
            Map<String, Object> variables = system.getSource();
            var properties = CacheVariables.in(variables, ConfigurationPropertySources.get(environment));
            if (!properties.getSource().isEmpty()) {
                sources.addAfter(VARIABLES, properties);
            }
        }
    }
}
