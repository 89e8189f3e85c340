package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** One argument of the call as it is. */
record ArgumentExpression(int index) implements CallExpression {

    @Override
    public @Nullable Object evaluate(Call call) {
        return call.argument(index);
    }
}
