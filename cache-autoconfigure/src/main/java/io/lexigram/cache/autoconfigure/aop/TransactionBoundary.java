package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** Where a call stands in transactions. */
@FunctionalInterface
interface TransactionBoundary {

    /** For applications without transactions. */
    TransactionBoundary NONE = () -> null;

    /** The read-write transaction around this thread that has yet to commit; null where there is none. */
    @Nullable
    CacheTransaction current();
}
