package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** One argument of the call. */
record ArgumentKey(int index) implements KeyExpression {

    @Override
    public String keyOf(Call call) {
        return KeyText.of(call.argument(index));
    }

    /** The key where the argument has a plain text; else null. */
    @Nullable
    String plainKeyOf(@Nullable Object[] args) {
        return KeyText.plain(args[index]);
    }
}
