package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.spi.CacheBackend;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the backends of an application, those first that others are made of. */
final class OpenedBackends implements BackendContext.Others {

    private final Map<String, BackendProperties> properties;
    private final Set<String> enabled;
    private final Map<String, CacheBackend> beans;
    private final BackendFactories factories;
    private final Map<String, CacheBackend> opened = new LinkedHashMap<>();
    private final Set<String> opening = new LinkedHashSet<>();

    OpenedBackends(
            Map<String, BackendProperties> properties,
            Set<String> enabled,
            Map<String, CacheBackend> beans,
            BackendFactories factories) {
        this.properties = properties;
        this.enabled = enabled;
        this.beans = beans;
        this.factories = factories;
    }

    @Override
    public @Nullable CacheBackend named(String name) {
        CacheBackend present = opened.get(name);
        if (present != null || !enabled.contains(name)) {
            return present;
        }
        CacheBackend bean = beans.get(name);
        CacheBackend backend = bean != null ? bean : like(name);
        if (backend != null) {
            opened.put(name, backend);
        }
        return backend;
    }

    @Override
    public @Nullable CacheBackend like(String name) {
        BackendProperties wanted = properties.get(name);
        if (wanted == null) {
            return null;
        }
        if (!opening.add(name)) {
            throw new CacheSettingException(
                    SettingName.of("backends", name, "type"),
                    wanted.type(),
                    "the backend is made of itself: " + String.join(", ", opening),
                    "Name others as l1 and l2.");
        }
        try {
            return factories.create(name, wanted, this);
        } finally {
            opening.remove(name);
        }
    }

    /** Those that were opened, in the order in which they were. */
    Map<String, CacheBackend> all() {
        return Collections.unmodifiableMap(opened);
    }
}
