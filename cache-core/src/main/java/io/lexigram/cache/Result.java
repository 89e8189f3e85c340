package io.lexigram.cache;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outcome of an operation as a value: nothing is thrown. */
public sealed interface Result<T> {

    /** The operation was carried out; its answer may be null where absence is an answer. */
    record Success<T>(@Nullable T value) implements Result<T> {}

    /** The operation failed; nothing is known of its effect beyond what the cause says. */
    record Failure<T>(CacheException cause) implements Result<T> {}

    static <T> Result<T> success(@Nullable T value) {
        return new Success<>(value);
    }

    static <T> Result<T> failure(CacheException cause) {
        return new Failure<>(cause);
    }

    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** The answer, or the given one after a failure. */
    default @Nullable T orElse(@Nullable T other) {
        return this instanceof Success<T> success ? success.value() : other;
    }

    /** The answer. @throws CacheException the cause of a failure */
    default @Nullable T orElseThrow() {
        if (this instanceof Failure<T> failure) {
            throw failure.cause();
        }
        return ((Success<T>) this).value();
    }

    default <R> Result<R> map(Function<? super @Nullable T, ? extends @Nullable R> mapper) {
        if (this instanceof Failure<T> failure) {
            return new Failure<>(failure.cause());
        }
        return new Success<>(mapper.apply(((Success<T>) this).value()));
    }
}
