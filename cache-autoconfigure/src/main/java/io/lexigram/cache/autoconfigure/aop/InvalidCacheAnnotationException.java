package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * An annotation that cannot be carried out; it fails the start-up. The message names attribute, annotation, class and method,
 * shows the value, and says what to write instead.
 */
public final class InvalidCacheAnnotationException extends CacheConfigurationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param annotation the annotation and where it stands
     */
    InvalidCacheAnnotationException(String attribute, Object annotation, @Nullable Object value, String message) {
        super(attribute + " of " + annotation, value, message);
    }
}
