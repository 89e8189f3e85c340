package io.lexigram.cache.contract;

import org.jspecify.annotations.Nullable;

/** The stored bytes of entries, behind the cache's back. The empty namespace is that of keys without one. */
public interface RawAccess {

    byte @Nullable [] read(String namespace, String key);

    /** Stores these bytes as they are, without an end of life. */
    void write(String namespace, String key, byte[] bytes);

    /** Stores something that is no value of bytes at all, such as a list, where the store has more than one kind. */
    void writeOfAnotherKind(String namespace, String key);
}
