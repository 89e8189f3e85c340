package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.TimeSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the factory of a backend by its type. */
final class BackendFactories {

    /** What to add for the types whose factory needs a driver that the starter does not bring. */
    private static final Map<String, String> DRIVERS = Map.of(
            "redis", "org.springframework.boot:spring-boot-starter-data-redis",
            "memcached", "com.googlecode.xmemcached:xmemcached:2.4.9");

    private final Map<String, CacheBackendFactory> byType = new LinkedHashMap<>();
    private final String keyPrefix;
    private final int maxTags;
    private final CacheEnvironment environment;
    private final TimeSource time;

    /** Of two factories of one type the first is used. */
    BackendFactories(
            Collection<CacheBackendFactory> factories,
            String keyPrefix,
            int maxTags,
            CacheEnvironment environment,
            TimeSource time) {
        factories.forEach(factory -> byType.putIfAbsent(factory.type(), factory));
        this.keyPrefix = keyPrefix;
        this.maxTags = maxTags;
        this.environment = environment;
        this.time = time;
    }

    CacheBackend create(String name, BackendProperties properties, BackendContext.Others others) {
        String prefix = properties.keyPrefix() == null ? keyPrefix : properties.keyPrefix();
        BackendContext context = new BackendContext(name, properties, prefix, maxTags, environment, time, others);
        String type = properties.type();
        if (type == null) {
            throw context.refused("type", null, "a backend has a type", "Write one of " + known() + ".");
        }
        CacheBackendFactory factory = byType.get(type);
        if (factory != null) {
            return factory.create(context);
        }
        String driver = DRIVERS.get(type);
        if (driver != null) {
            throw context.refused(
                    "type", type, "its driver is not on the class path", "Add the dependency " + driver + ".");
        }
        throw context.refused("type", type, "there is no such type", "Write one of " + known() + ".");
    }

    private String known() {
        Set<String> types = new TreeSet<>(byType.keySet());
        types.addAll(DRIVERS.keySet());
        return String.join(", ", types);
    }
}
