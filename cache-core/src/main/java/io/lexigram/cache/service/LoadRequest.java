package io.lexigram.cache.service;

import io.lexigram.cache.CachePolicy;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of a missing key wants.
 *
 * @param readable whether the backend could be read: where it could not, nothing is stored either
 */
record LoadRequest<V>(String key, TypeRef<V> type, CachePolicy policy, CallOptions options, boolean readable) {

    /** The same, of a backend that turned out not to be readable. */
    LoadRequest<V> unreadable() {
        return new LoadRequest<>(key, type, policy, options, false);
    }

    /** What a flight of this request's type came to. */
    @SuppressWarnings("unchecked")
    @Nullable
    V cast(@Nullable Object value) {
        return (V) value;
    }
}
