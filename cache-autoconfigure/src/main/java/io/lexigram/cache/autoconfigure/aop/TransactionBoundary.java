package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** Where a call stands in transactions. */
@FunctionalInterface
interface TransactionBoundary {

    /** For applications without transactions. */
    TransactionBoundary NONE = () -> null;

    /**
     * The transaction around this thread that has yet to commit and that sees other data than everybody else: a read-write
     * one, or one on a snapshot. Null where there is none.
     */
    @Nullable
    CacheTransaction current();
}
