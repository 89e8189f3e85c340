package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/** A key, namespace, tag or pattern that cannot be one, or a call that has no key. */
public class CacheKeyException extends CacheException {

    private static final long serialVersionUID = 1L;

    public CacheKeyException(String message) {
        super(message);
    }

    public CacheKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
