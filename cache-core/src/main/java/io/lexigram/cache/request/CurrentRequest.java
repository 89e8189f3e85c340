package io.lexigram.cache.request;

import org.jspecify.annotations.Nullable;

/** Knows the request that is being served. Replace it to serve requests of another kind, such as messages. */
@FunctionalInterface
public interface CurrentRequest {

    /** For applications that serve no requests. */
    CurrentRequest NONE = () -> null;

    /** What the request of this thread remembers; null outside a request. */
    @Nullable
    RequestMemo memo();
}
