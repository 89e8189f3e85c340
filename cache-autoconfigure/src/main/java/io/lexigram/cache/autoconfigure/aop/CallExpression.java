package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** An expression of an annotation, compiled for one method. */
@FunctionalInterface
interface CallExpression {

    /** The value for one call. Whatever it throws makes the call uncached and does not reach the caller. */
    @Nullable
    Object evaluate(Call call);

    /** Whether the value is true; null is not. */
    default boolean isTrue(Call call) {
        return Boolean.TRUE.equals(evaluate(call));
    }
}
