package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A backend did not answer within its deadline; whether the operation had its effect is unknown. */
public class CacheTimeoutException extends CacheBackendException {

    private static final long serialVersionUID = 1L;

    public CacheTimeoutException(String message) {
        super(message);
    }

    public CacheTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
