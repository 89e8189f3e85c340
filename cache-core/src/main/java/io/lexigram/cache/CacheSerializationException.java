package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A value that cannot be encoded, or stored bytes that cannot be decoded as the declared type. */
public class CacheSerializationException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheSerializationException(String message) {
        super(message);
    }

    public CacheSerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
