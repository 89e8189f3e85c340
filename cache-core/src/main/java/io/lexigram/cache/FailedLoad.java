package io.lexigram.cache;

/** Carries a failure that a loader returned as a value past the cache, to everybody who waits for that load. */
final class FailedLoad extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Result.Failure<?> returned;

    FailedLoad(Result.Failure<?> returned) {
        super("The loader returned a failure", null, false, false);
        this.returned = returned;
    }

    Result.Failure<?> returned() {
        return returned;
    }
}
