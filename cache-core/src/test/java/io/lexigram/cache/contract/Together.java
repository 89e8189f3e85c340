package io.lexigram.cache.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Work on other threads, with an end to all patience. */
final class Together {

    static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "contract");
        thread.setDaemon(true);
        return thread;
    });

    private static final int PATIENCE_SECONDS = 20;

    private Together() {}

    /** Runs the work once per thread, all of them beginning at the same moment, and returns what they came to in order. */
    static <T> List<T> run(int threads, IntFunction<Callable<T>> work) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<CompletableFuture<T>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Callable<T> own = work.apply(i);
            running.add(begin(() -> {
                start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return own.call();
            }));
        }
        return running.stream().map(Together::outcome).toList();
    }

    /** Begins the work on another thread. */
    static <T> CompletableFuture<T> begin(Callable<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        THREADS.execute(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /** Runs the work on another thread and waits for its end. */
    static void elsewhere(Runnable work) {
        outcome(begin(Executors.callable(work)));
    }

    static <T> T outcome(CompletableFuture<T> work) {
        try {
            return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Failed on another thread: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("Not done within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("released in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
