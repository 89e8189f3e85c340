package io.lexigram.cache.backend.memory;

/**
 * When a backend in memory copies values, so that who changes an object it has does not change the cache. A copy is the value
 * encoded and decoded by the codec of the cache; what is known to be immutable is not copied.
 */
public enum CopyMode {
    /** Never: callers share the stored object. */
    NONE,
    /** What is read is the reader's own; what was written or loaded stays shared with the writer. */
    ON_READ,
    /** What is stored is the cache's own; readers share it. */
    ON_WRITE,
    /** Both: nobody has the stored object. */
    BOTH;

    boolean onRead() {
        return this == ON_READ || this == BOTH;
    }

    boolean onWrite() {
        return this == ON_WRITE || this == BOTH;
    }
}
