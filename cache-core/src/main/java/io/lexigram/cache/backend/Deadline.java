package io.lexigram.cache.backend;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheCircuitOpenException;
import io.lexigram.cache.CacheConfigurationException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.Breaker;
import io.lexigram.cache.spi.Breaker.Permit;
import io.lexigram.cache.spi.Breaker.State;
import io.lexigram.cache.spi.TimeSource;
import java.io.IOException;
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

/**
 * Waits for the answers of a backend, each no longer than the deadline; a batch has it once more per thousand elements. Asks
 * the breaker first, and tells it what came of the call.
 */
final class Deadline {

    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** As many parts as make any call a fast one. */
    private static final int UNHURRIED = Integer.MAX_VALUE;

    /** Of a call that is made although it was refused: nothing that comes of it counts. */
    private static final Permit REFUSED = new Permit(State.OPEN);

    private final String backend;
    private final Duration deadline;
    private final TimeSource time;
    private volatile Breaker breaker = Breaker.NONE;

    Deadline(String backend, Duration deadline, TimeSource time) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new CacheConfigurationException("deadline", deadline, "it must be longer than zero, such as 250ms");
        }
        this.backend = backend;
        this.deadline = deadline;
        this.time = time;
    }

    /** Sets the breaker where there is none. @return the one in effect */
    synchronized Breaker guard(Supplier<Breaker> maker) {
        if (breaker == Breaker.NONE) {
            breaker = maker.get();
        }
        return breaker;
    }

    /**
     * The answer.
     *
     * @throws io.lexigram.cache.CacheCircuitOpenException when the breaker refuses the call
     * @throws CacheException what the backend failed with; other failures than this library's are wrapped
     * @throws ArithmeticException when the backend failed with it
     */
    <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation) {
        return await(operation, deadline, 1);
    }

    /** A batch is slow where its parts of a thousand are. */
    <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation, int elements) {
        int parts = 1 + elements / BATCH;
        return await(operation, deadline.multipliedBy(parts), parts);
    }

    /** Waits longer, and does not call it slow: for what begins an operation that takes its time anyway, such as a sweep. */
    <T extends @Nullable Object> T awaitPatiently(Supplier<CompletionStage<T>> operation) {
        return await(operation, deadline.compareTo(PATIENCE) < 0 ? PATIENCE : deadline, UNHURRIED);
    }

    /** The answer to a question that is asked whatever the breaker says; where it is due for a probe, this is one. */
    <T extends @Nullable Object> T awaitAnyway(Supplier<CompletionStage<T>> operation, Duration patience) {
        Permit permit = breaker.permit();
        return await(operation, patience, UNHURRIED, permit == null ? REFUSED : permit);
    }

    /** Lets begin what blocks for long without this deadline: at once where the breaker is closed, else after a ping. */
    void admit(Supplier<CompletionStage<@Nullable Void>> ping) {
        if (breaker.state() != State.CLOSED) {
            this.<@Nullable Void>await(ping);
        }
    }

    private <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> operation, Duration patience, int parts) {
        Permit permit = breaker.permit();
        if (permit == null) {
            throw refusal();
        }
        return await(operation, patience, parts, permit);
    }

    private <T extends @Nullable Object> T await(
            Supplier<CompletionStage<T>> operation, Duration patience, int parts, Permit permit) {
        long begin = time.nanos();
        try {
            T answer = answer(begin(operation), patience);
            breaker.answered(permit, (time.nanos() - begin) / parts);
            return answer;
        } catch (RuntimeException | Error e) {
            settle(permit, e, (time.nanos() - begin) / parts);
            throw e;
        }
    }

    private <T extends @Nullable Object> T answer(CompletableFuture<T> answer, Duration patience) {
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

    private CacheCircuitOpenException refusal() {
        return new CacheCircuitOpenException(
                "The circuit breaker of " + backend + " is open after failed or slow calls; this call was not made");
    }

    /** What could not be reached, or did not answer, failed; whatever else came is an answer. */
    private void settle(Permit permit, Throwable failure, long nanos) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof CacheCircuitOpenException
                || cause instanceof Error
                || cause.getCause() instanceof InterruptedException) {
            breaker.withdrawn(permit);
        } else if (isDisconnection(cause) || isDisconnection(cause.getCause())) {
            breaker.disconnected(permit, nanos);
        } else if (isOutage(cause) || isOutage(cause.getCause())) {
            breaker.failed(permit, nanos);
        } else {
            breaker.answered(permit, nanos);
        }
    }

    private static boolean isDisconnection(@Nullable Throwable cause) {
        return cause instanceof CacheConnectionException;
    }

    private static boolean isOutage(@Nullable Throwable cause) {
        return cause instanceof CacheTimeoutException
                || cause instanceof IOException
                || cause instanceof TimeoutException;
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

    /** The answer to come, which fails when the deadline has passed or the breaker refuses the call. */
    <T extends @Nullable Object> CompletableFuture<T> within(Supplier<CompletionStage<T>> operation) {
        Permit permit = breaker.permit();
        if (permit == null) {
            return CompletableFuture.failedFuture(refusal());
        }
        long begin = time.nanos();
        try {
            return begin(operation)
                    .copy()
                    .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            breaker.answered(permit, time.nanos() - begin);
                        } else {
                            settle(permit, failure, time.nanos() - begin);
                        }
                    });
        } catch (RuntimeException e) {
            settle(permit, e, time.nanos() - begin);
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Begins an operation whose outcome nobody waits for; not while the breaker is open. */
    void forget(Runnable operation) {
        if (breaker.state() != State.OPEN) {
            attempt(operation);
        }
    }

    /** Takes back what a failed operation may have done. It may have opened the breaker too, which does not matter here. */
    void undo(CacheException failure, Runnable operation) {
        if (!(failure instanceof CacheCircuitOpenException)) {
            attempt(operation);
        }
    }

    private static void attempt(Runnable operation) {
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
        Throwable cause = unwrapped(wrapped);
        if (cause instanceof CacheException || cause instanceof ArithmeticException) {
            return (RuntimeException) cause;
        }
        return new CacheBackendException(backend + " failed: " + cause, cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
