package io.lexigram.cache.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The sources of properties that were given, and nothing of this process but {@code LEX_ENV}. */
final class LoadedEnvironment extends AbstractEnvironment {

    /** @param variables environment variables; null for none but that one of this process */
    LoadedEnvironment(List<PropertySource<?>> sources, @Nullable Map<String, String> variables) {
        MutablePropertySources all = getPropertySources();
        sources.forEach(all::addFirst);
        Map<String, Object> known = new HashMap<>(variables == null ? ofThisProcess() : variables);
        var ours = CacheVariables.in(known, ConfigurationPropertySources.from(all));
        all.addFirst(ours);
        all.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, known));
    }

    private static Map<String, String> ofThisProcess() {
        String kind = System.getenv(CacheEnvironment.VARIABLE);
        return kind == null ? Map.of() : Map.of(CacheEnvironment.VARIABLE, kind);
    }
}
