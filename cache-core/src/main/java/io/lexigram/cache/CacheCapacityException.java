package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A value or a request larger than a backend takes. */
public class CacheCapacityException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheCapacityException(String message) {
        super(message);
    }

    public CacheCapacityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
