package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A backend could not carry out an operation. */
public class CacheBackendException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheBackendException(String message) {
        super(message);
    }

    public CacheBackendException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
