package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A backend cannot be reached. */
public class CacheConnectionException extends CacheBackendException {

    private static final long serialVersionUID = 1L;

    public CacheConnectionException(String message) {
        super(message);
    }

    public CacheConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
