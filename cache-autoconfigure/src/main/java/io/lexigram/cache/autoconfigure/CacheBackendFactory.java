package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.spi.CacheBackend;

/**
 * Makes the backends of one type. A bean of this kind, or one that a jar lists for
 * {@link java.util.ServiceLoader}, adds a type to those that {@code lexigram.cache.backends.<name>.type} knows; a bean also
 * replaces one.
 */
public interface CacheBackendFactory {

    /** The type, as it is written in configuration. */
    String type();

    /**
     * Makes one backend; connects to nothing.
     *
     * @throws io.lexigram.cache.CacheConfigurationException when a property cannot be used
     */
    CacheBackend create(BackendContext context);
}
