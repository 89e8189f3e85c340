package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Makes a {@link CacheService} of the properties {@code lexigram.cache.*} without an application context. They have the names,
 * defaults and checks that they have in {@code application.yml}; whatever stands beside them is left alone.
 *
 * <pre>{@code
 * CacheService cache = LexigramCacheLoader.create()
 *         .yaml(Path.of("cache.yml"))
 *         .environment(System.getenv())
 *         .load();
 * }</pre>
 *
 * <p>Of several sources the later one counts more, and environment variables count more than all others. Close the service.
 */
public final class LexigramCacheLoader {

    private final List<PropertySource<?>> sources = new ArrayList<>();
    private final Map<String, Object> parts = new LinkedHashMap<>();
    private @Nullable Map<String, String> variables;

    private LexigramCacheLoader() {}

    public static LexigramCacheLoader create() {
        return new LexigramCacheLoader();
    }

    /** The service of a YAML file alone. @throws CacheConfigurationException as {@link #load} does */
    public static CacheService fromYaml(Path file) {
        return create().yaml(file).load();
    }

    /** The service of a JSON file alone. @throws CacheConfigurationException as {@link #load} does */
    public static CacheService fromJson(Path file) {
        return create().json(file).load();
    }

    /** The service of a map alone. @throws CacheConfigurationException as {@link #load} does */
    public static CacheService fromMap(Map<String, ?> properties) {
        return create().map(properties).load();
    }

    /** The service of this process's environment variables alone. @throws CacheConfigurationException as {@link #load} does */
    public static CacheService fromEnvironment() {
        return create().environment(System.getenv()).load();
    }

    /**
     * Adds a file like {@code application.yml}; of several documents in it the later one counts more.
     *
     * @throws CacheConfigurationException when it cannot be read
     */
    public LexigramCacheLoader yaml(Path file) {
        sources.addAll(PropertyFiles.yaml(file));
        return this;
    }

    /** Adds a file of JSON objects. @throws CacheConfigurationException when it cannot be read */
    public LexigramCacheLoader json(Path file) {
        sources.add(PropertyFiles.json(file));
        return this;
    }

    /** Adds properties by their full names, or nested maps of them, or both. */
    public LexigramCacheLoader map(Map<String, ?> properties) {
        sources.add(new MapPropertySource("map " + sources.size(), FlatProperties.of(properties)));
        return this;
    }

    /**
     * Adds environment variables: {@code LEX_CACHE__BACKENDS__SHARED__URL}, {@code LEX_ENV}, Spring's own form, and what
     * placeholders such as {@code ${REDIS_URL}} name. Without them, {@code LEX_ENV} of this process counts nevertheless.
     */
    public LexigramCacheLoader environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        return this;
    }

    /**
     * Adds what would be a bean: a {@code CacheEventListener}, a {@code Codec}, a {@code CacheBackendFactory}, a {@code Clock},
     * a {@link LexigramCacheCustomizer}, and so on. The name matters where it is the one of a backend.
     */
    public LexigramCacheLoader with(String name, Object part) {
        parts.put(name, part);
        return this;
    }

    /**
     * Makes the service; it connects to nothing.
     *
     * @throws CacheConfigurationException when a property is unknown, cannot be read or cannot be meant; it says what to write
     *     instead
     */
    public CacheService load() {
        return new StandaloneCache(new LoadedEnvironment(sources, variables), parts).open();
    }
}
