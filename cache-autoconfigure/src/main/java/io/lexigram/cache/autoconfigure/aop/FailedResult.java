package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Result;

/** Carries a failure that a method returned as a value past the cache, which must not keep it. */
final class FailedResult extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Result.Failure<?> returned;

    FailedResult(Result.Failure<?> returned) {
        super("The method returned a failure", null, false, false);
        this.returned = returned;
    }

    Result.Failure<?> returned() {
        return returned;
    }
}
