package io.lexigram.cache.autoconfigure.diagnostics;

import io.lexigram.cache.autoconfigure.LexigramCacheProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the properties below {@code lexigram.cache} that there are not, and for each the one that may have been meant. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(LexigramCacheProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        StringBuilder description = new StringBuilder("There are no such properties:%n".formatted());
        List<String> fixes = new ArrayList<>();
        for (ConfigurationProperty property : cause.getUnboundProperties()) {
            if (!PREFIX.isAncestorOf(property.getName())) {
                return null;
            }
            description.append("%n    %s".formatted(property.getName()));
            if (property.getOrigin() != null) {
                description.append(" (%s)".formatted(property.getOrigin()));
            }
            fixes.add(KnownProperties.fix(property.getName()));
        }
        return new FailureAnalysis(description.toString(), String.join(System.lineSeparator(), fixes), cause);
    }
}
