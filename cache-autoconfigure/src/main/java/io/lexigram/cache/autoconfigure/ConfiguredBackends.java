package io.lexigram.cache.autoconfigure;

import static java.util.Objects.requireNonNull;

import io.lexigram.cache.service.LexigramCache;
import io.lexigram.cache.spi.CacheBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The backends of an application: those of {@code lexigram.cache.backends.*} and those that are beans, or one in memory where
 * there is neither.
 */
final class ConfiguredBackends {

    /** The backend, and its type, of an application that configures none. */
    static final String MEMORY = "memory";

    private final Map<String, BackendProperties> all;
    private final Map<String, BackendProperties> enabled;
    private final String defaultName;

    private ConfiguredBackends(
            Map<String, BackendProperties> all, Map<String, BackendProperties> enabled, String defaultName) {
        this.all = all;
        this.enabled = enabled;
        this.defaultName = defaultName;
    }

    /** Finds out which backends are to be opened, and opens none. */
    static ConfiguredBackends of(LexigramCacheProperties properties, Set<String> beans) {
        Map<String, BackendProperties> all = new LinkedHashMap<>(properties.backends());
        beans.forEach(name -> all.putIfAbsent(name, BackendProperties.ofType(null)));
        if (all.isEmpty()) {
            all.put(MEMORY, BackendProperties.ofType(MEMORY));
        }
        Map<String, BackendProperties> enabled = new LinkedHashMap<>(all);
        enabled.values().removeIf(backend -> !backend.enabled());
        if (enabled.isEmpty()) {
            throw new CacheSettingException(
                    SettingName.of("backends"),
                    all.keySet(),
                    "every backend is disabled",
                    "Enable one, or write lexigram.cache.enabled: false to do without a cache.");
        }
        enabled.forEach((name, backend) ->
                CachePolicies.lifetime(SettingName.of("backends", name, "default-ttl"), backend.defaultTtl()));
        return new ConfiguredBackends(
                all, enabled, DefaultBackend.of(properties.defaultBackend(), enabled, all.keySet()));
    }

    Set<String> names() {
        return enabled.keySet();
    }

    /** Opens each of them, a bean in place of what is configured under its name, and gives them to the builder. */
    void addTo(LexigramCache.Builder cache, Map<String, CacheBackend> beans, BackendFactories factories) {
        OpenedBackends opened = new OpenedBackends(all, enabled.keySet(), beans, factories);
        enabled.keySet().forEach(opened::named);
        // In the order of opening: what is made of others is closed before them.
        opened.all()
                .forEach((name, backend) -> cache.backend(
                        name, backend, requireNonNull(enabled.get(name)).defaultTtl()));
        cache.defaultBackend(defaultName);
    }
}
