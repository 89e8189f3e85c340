package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.CacheConfigurationException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The factories that jars on the class path list for {@link ServiceLoader}. */
final class ListedFactories {

    private ListedFactories() {}

    /** @throws CacheConfigurationException when one of them cannot be made */
    static List<CacheBackendFactory> in(@Nullable ClassLoader loader) {
        try {
            return ServiceLoader.load(CacheBackendFactory.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new CacheConfigurationException(
                    "META-INF/services/" + CacheBackendFactory.class.getName(),
                    null,
                    "a factory listed there cannot be made; repair or remove its jar: " + e.getMessage());
        }
    }
}
