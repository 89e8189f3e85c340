package io.lexigram.cache.autoconfigure.diagnostics;

import io.lexigram.cache.autoconfigure.LexigramCacheProperties;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/** Says how to write a duration, a size, a number or a name of a few, where Boot says only that it could not read it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final Map<Class<?>, String> FORMS = Map.of(
            Duration.class, "Write a number with a unit, such as 250ms, 10s, 5m, 1h or 1d.",
            DataSize.class, "Write a number with a unit, such as 512KB, 64MB or 1GB.",
            Boolean.class, "Write true or false.",
            boolean.class, "Write true or false.",
            Integer.class, "Write a whole number.",
            int.class, "Write a whole number.",
            Long.class, "Write a whole number.",
            long.class, "Write a whole number.",
            Double.class, "Write a number, such as 0.1.");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
        ConfigurationProperty property = cause.getProperty();
        if (conversion == null || property == null || !isOurs(cause.getName())) {
            return null;
        }
        Class<?> wanted = conversion.getTargetType().getType();
        String form = wanted.isEnum() ? oneOf(wanted) : FORMS.get(wanted);
        if (form == null) {
            return null;
        }
        String origin = property.getOrigin() == null ? "" : "%n%n    Origin: %s".formatted(property.getOrigin());
        return new FailureAnalysis(
                "%s is '%s': it cannot be read.%s".formatted(property.getName(), property.getValue(), origin),
                form,
                cause);
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(LexigramCacheProperties.PREFIX);
        return prefix.equals(name) || prefix.isAncestorOf(name);
    }

    private static String oneOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", ", "Write one of ", "."));
    }
}
