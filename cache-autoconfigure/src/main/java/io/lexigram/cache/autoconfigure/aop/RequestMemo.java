package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** Where the results of the current request are kept. */
@FunctionalInterface
interface RequestMemo {

    /** For applications that serve no requests. */
    RequestMemo NONE = () -> null;

    /** The table of the request this thread serves; null outside a request. */
    @Nullable
    MemoTable current();
}
