package io.lexigram.cache.backend;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for the answers of a backend, each no longer than the deadline; a batch has it once more per thousand elements. */
final class Deadline {

    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String backend;
    private final Duration deadline;

    Deadline(String backend, Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new CacheConfigurationException("deadline", deadline, "it must be longer than zero, such as 250ms");
        }
        this.backend = backend;
        this.deadline = deadline;
    }

    /**
     * The answer.
     *
     * @throws CacheException what the backend failed with; other failures than this library's are wrapped
     * @throws ArithmeticException when the backend failed with it
     */
    <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation) {
        return await(operation, deadline);
    }

    <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation, int elements) {
        return await(operation, deadline.multipliedBy(1 + elements / BATCH));
    }

    /** Waits longer: for what begins an operation that takes its time anyway, such as a sweep. */
    <T extends @Nullable Object> T awaitPatiently(Supplier<CompletionStage<T>> operation) {
        return await(operation, deadline.compareTo(PATIENCE) < 0 ? PATIENCE : deadline);
    }

    <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation, Duration patience) {
        CompletableFuture<T> answer = begin(operation);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new CacheTimeoutException(
                    "%s did not answer within %d ms; whether the operation had its effect is unknown"
                            .formatted(backend, patience.toMillis()));
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheBackendException("The thread was interrupted while it waited for " + backend, e);
        } catch (CancellationException e) {
            throw failure(e);
        }
    }

    /** The whole, with which its parts are cancelled. */
    static <T extends @Nullable Object> CompletionStage<T> of(CompletionStage<T> whole, CompletionStage<?>... parts) {
        CompletableFuture<T> future = whole.toCompletableFuture();
        CompletableFuture<T> unused = future.whenComplete((value, failure) -> {
            if (failure instanceof CancellationException) {
                for (CompletionStage<?> part : parts) {
                    part.toCompletableFuture().cancel(false);
                }
            }
        });
        return future;
    }

    /** The future, which fails when the deadline has passed. */
    <T extends @Nullable Object> CompletableFuture<T> within(CompletableFuture<T> future) {
        return future.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins an operation whose outcome nobody waits for. */
    void forget(Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException e) {
            // Nobody asked.
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> begin(Supplier<CompletionStage<T>> operation) {
        try {
            return operation.get().toCompletableFuture();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(Exception wrapped) {
        Throwable cause = wrapped;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CacheException || cause instanceof ArithmeticException) {
            return (RuntimeException) cause;
        }
        return new CacheBackendException(backend + " failed: " + cause, cause);
    }
}
