package io.lexigram.cache.spi;

import io.lexigram.cache.CacheSerializationException;

/** Hears what a store does on its own. Called on the store's threads: it must neither block nor throw. */
public interface StoreListener {

    /** An entry left the store. */
    void removed(String key, RemovalCause cause);

    /** An entry could not be decoded and was removed. */
    void undecodable(String key, CacheSerializationException cause);
}
