package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is around the value in the declared return type. The cache holds the value alone. */
enum Wrapping {
    NONE {
        @Override
        @Nullable
        Object unwrap(@Nullable Object returned) {
            return returned;
        }

        @Override
        @Nullable
        Object wrap(@Nullable Object value) {
            return value;
        }
    },

    OPTIONAL {
        @Override
        @Nullable
        Object unwrap(@Nullable Object returned) {
            return returned instanceof Optional<?> optional ? optional.orElse(null) : null;
        }

        @Override
        Object wrap(@Nullable Object value) {
            return Optional.ofNullable(value);
        }
    },

    RESULT {
        @Override
        @Nullable
        Object unwrap(@Nullable Object returned) {
            if (returned instanceof Result.Failure<?> failure) {
                throw new FailedResult(failure);
            }
            return returned instanceof Result<?> result ? result.orElse(null) : null;
        }

        @Override
        Object wrap(@Nullable Object value) {
            return Result.success(value);
        }
    };

    /**
     * The value in what a method returned.
     *
     * @throws FailedResult when it is a failure
     */
    abstract @Nullable Object unwrap(@Nullable Object returned);

    abstract @Nullable Object wrap(@Nullable Object value);

    static Wrapping of(Class<?> declared) {
        if (declared == Optional.class) {
            return OPTIONAL;
        }
        return declared == Result.class ? RESULT : NONE;
    }
}
