package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.SystemEnvironmentOrigin;

/**
 * Environment variables such as {@code LEX_CACHE__BACKENDS__SHARED__URL} as properties. Two underscores begin a nested name,
 * one stands for a dash, letter case does not matter.
 *
 * <p>A part that is the name of a backend or cache which is configured elsewhere, but for letter case and characters that a
 * variable cannot have, is that name: {@code MY_CACHE} is {@code my_cache}, {@code my-cache} or {@code myCache}.
 */
final class CacheVariables {

    private static final String BEGIN = "LEX_CACHE__";
    private static final String SOURCE = "lexigramCacheVariables";
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(LexigramCacheProperties.PREFIX);

    private final List<ConfigurationPropertyName> configured;

    private CacheVariables(Iterable<ConfigurationPropertySource> others) {
        Stream.Builder<ConfigurationPropertyName> names = Stream.builder();
        for (ConfigurationPropertySource source : others) {
            if (source instanceof IterableConfigurationPropertySource known) {
                known.stream().filter(ROOT::isAncestorOf).forEach(names::add);
            }
        }
        this.configured = names.build().distinct().toList();
    }

    /**
     * The properties that the variables set. Each knows the variable it comes from.
     *
     * @param others where names of backends and caches may be configured that a variable cannot spell
     * @throws CacheConfigurationException when a variable has an empty part
     */
    static OriginTrackedMapPropertySource in(
            Map<String, Object> variables, Iterable<ConfigurationPropertySource> others) {
        CacheVariables names = new CacheVariables(others);
        Map<String, Object> properties = new LinkedHashMap<>();
        variables.forEach((variable, value) -> {
            if (variable.toUpperCase(Locale.ROOT).startsWith(BEGIN)) {
                properties.put(
                        names.property(variable), OriginTrackedValue.of(value, new SystemEnvironmentOrigin(variable)));
            }
        });
        return new OriginTrackedMapPropertySource(SOURCE, properties, true);
    }

    private String property(String variable) {
        StringBuilder name = new StringBuilder(LexigramCacheProperties.PREFIX);
        for (String part : variable.substring(BEGIN.length()).split("__", -1)) {
            if (part.isEmpty()) {
                throw new CacheConfigurationException(
                        variable, null, "a part of its name is empty; write it like LEX_CACHE__BACKENDS__SHARED__URL");
            }
            name.append(element(ConfigurationPropertyName.adapt(name, '.'), part.toLowerCase(Locale.ROOT)));
        }
        return name.toString();
    }

    private String element(ConfigurationPropertyName parent, String part) {
        String dashed = part.replace('_', '-');
        return configured.stream()
                .filter(parent::isAncestorOf)
                .map(known -> known.chop(parent.getNumberOfElements() + 1))
                .filter(known -> bare(last(known)).equals(bare(part)))
                .min(Comparator.comparing((ConfigurationPropertyName known) ->
                                !last(known).equals(part))
                        .thenComparing(known -> !last(known).equals(dashed))
                        .thenComparing(CacheVariables::last))
                .map(known -> appended(last(known), known.isLastElementIndexed()))
                .orElseGet(() -> appended(dashed, !dashed.matches("[a-z][a-z0-9-]*")));
    }

    private static String appended(String name, boolean inBrackets) {
        return inBrackets ? "[" + name + "]" : "." + name;
    }

    private static String last(ConfigurationPropertyName name) {
        return name.getLastElement(Form.ORIGINAL);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
