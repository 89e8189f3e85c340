package io.lexigram.cache.autoconfigure;

import io.lexigram.cache.service.LexigramCache;

/** A bean that has the last word on how the cache is built, for what has no property. */
@FunctionalInterface
public interface LexigramCacheCustomizer {

    /** Changes the builder, which has all that properties and other beans say. */
    void customize(LexigramCache.Builder builder);
}
