package io.lexigram.cache;

/** A caller waited as long as it may for a load led by another, and is not allowed to load itself. */
public class CacheStampedeException extends CacheException {

    private static final long serialVersionUID = 1L;

    private final String lockHolder;

    /** @param lockHolder who leads the load: a thread of this process, or another node */
    public CacheStampedeException(String message, String lockHolder) {
        super(message);
        this.lockHolder = lockHolder;
    }

    public String lockHolder() {
        return lockHolder;
    }
}
