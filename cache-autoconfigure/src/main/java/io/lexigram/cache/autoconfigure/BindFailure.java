package io.lexigram.cache.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** Says of properties that cannot be bound what Spring Boot would say when it ends a start-up. */
final class BindFailure {

    private final BindException failure;
    private final BeanFactory beans;
    private final Environment environment;

    BindFailure(BindException failure, BeanFactory beans, Environment environment) {
        this.failure = failure;
        this.beans = beans;
        this.environment = environment;
    }

    CacheSettingException refusal() {
        CacheSettingException refusal = described();
        refusal.initCause(failure);
        return refusal;
    }

    private CacheSettingException described() {
        String fix = fix();
        if (failure.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
            ConfigurationProperty first =
                    unbound.getUnboundProperties().iterator().next();
            // What is misspelt may be a password.
            return new CacheSettingException(first.getName().toString(), "***", "there is no such property", fix);
        }
        ConfigurationProperty property = failure.getProperty();
        return new CacheSettingException(
                failure.getName().toString(), property == null ? null : property.getValue(), "it cannot be read", fix);
    }

    private String fix() {
        ArgumentResolver arguments =
                ArgumentResolver.of(BeanFactory.class, beans).and(Environment.class, environment);
        for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments, (type, name, fault) -> {})) {
            FailureAnalysis analysis = analyzer.analyze(failure);
            if (analysis != null && analysis.getAction() != null) {
                return analysis.getAction();
            }
        }
        return "Correct it: "
                + NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
    }
}
