package io.lexigram.cache.service;

import io.lexigram.cache.CacheException;
import io.lexigram.cache.Result;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what an operation throws into a value. */
final class Results {

    private Results() {}

    static Result<Void> run(Runnable operation) {
        return of(() -> {
            operation.run();
            return null;
        });
    }

    /** What a caller got wrong (a lifetime of zero, an unsupported operation) is a failure too. */
    static <T> Result<T> of(Supplier<? extends @Nullable T> operation) {
        try {
            return Result.success(operation.get());
        } catch (CacheException e) {
            return Result.failure(e);
        } catch (IllegalArgumentException | UnsupportedOperationException | ArithmeticException e) {
            return Result.failure(new CacheException(String.valueOf(e.getMessage()), e));
        }
    }
}
