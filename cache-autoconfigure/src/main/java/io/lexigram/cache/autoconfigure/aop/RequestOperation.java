package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A {@code @RequestCached} of one method. */
record RequestOperation(KeyExpression key, OperationLog log) {

    /** Where the result of a call is kept; null where the call has no key. */
    @Nullable
    Place placeOf(Call call) {
        try {
            return new Place(call.getTarget(), call.getMethod(), key.keyOf(call));
        } catch (RuntimeException e) {
            log.fault(CachedOperation.UNCACHED, e);
            return null;
        }
    }

    /** One call of one object: two objects of a class do not share results. */
    record Place(Object target, Method method, String key) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that
                    && target == that.target
                    && method.equals(that.method)
                    && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(target) ^ method.hashCode() ^ key.hashCode();
        }
    }
}
