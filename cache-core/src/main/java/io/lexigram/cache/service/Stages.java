package io.lexigram.cache.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking operations as stages: at once where they never leave the process, else on the executor. */
final class Stages {

    private final boolean inline;
    private final Executor executor;

    Stages(boolean inline, Executor executor) {
        this.inline = inline;
        this.executor = executor;
    }

    <T extends @Nullable Object> CompletableFuture<T> of(Supplier<T> operation) {
        if (!inline) {
            return CompletableFuture.supplyAsync(operation, executor);
        }
        try {
            return CompletableFuture.completedFuture(operation.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    CompletableFuture<@Nullable Void> run(Runnable operation) {
        return of(() -> {
            operation.run();
            return null;
        });
    }

    <T> CompletableFuture<@Nullable T> value(@Nullable T value) {
        return CompletableFuture.completedFuture(value);
    }
}
