package io.lexigram.cache.autoconfigure.diagnostics;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.autoconfigure.CacheSettingException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Names the setting, its value, where it stands and what to write instead. */
final class CacheConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<CacheConfigurationException> {

    private final Environment environment;

    CacheConfigurationFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CacheConfigurationException cause) {
        if (cause instanceof CacheSettingException refused) {
            String value = refused.value() == null ? " is not set" : " is '" + refused.value() + "'";
            return new FailureAnalysis(
                    refused.setting() + value + ": " + refused.problem() + "." + origin(refused),
                    refused.fix(),
                    refused);
        }
        return new FailureAnalysis(
                cause.getMessage() + origin(cause), "Change " + cause.setting() + " as described above.", cause);
    }

    private String origin(CacheConfigurationException cause) {
        if (!ConfigurationPropertyName.isValid(cause.setting())) {
            return "";
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(cause.setting());
        for (var source : ConfigurationPropertySources.get(environment)) {
            Origin origin = Origin.from(source.getConfigurationProperty(name));
            if (origin != null) {
                return System.lineSeparator() + System.lineSeparator() + "    Origin: " + origin;
            }
        }
        return "";
    }
}
