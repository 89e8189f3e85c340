package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** A {@code @RequestCached} of one method. */
record RequestOperation(KeyExpression key, OperationLog log) {

    /** Where the result of a call is kept; null where the call has no key. */
    MemoTable.@Nullable Place placeOf(Call call) {
        try {
            return new MemoTable.Place(call.getTarget(), call.getMethod(), key.keyOf(call));
        } catch (RuntimeException e) {
            log.fault(CachedOperation.UNCACHED, e);
            return null;
        }
    }
}
