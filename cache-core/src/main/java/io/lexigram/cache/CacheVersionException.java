package io.lexigram.cache;

/** A version that cannot be one, or that cannot be compared with another. Nothing was stored under it. */
public class CacheVersionException extends CacheKeyException {

    private static final long serialVersionUID = 1L;

    public CacheVersionException(String message) {
        super(message);
    }
}
