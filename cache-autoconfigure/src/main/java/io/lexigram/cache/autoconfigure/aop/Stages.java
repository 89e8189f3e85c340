package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKeyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the JDK's stages leave to do. */
final class Stages {

    private Stages() {}

    static <T> CompletableFuture<@Nullable T> done(@Nullable T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** The failure as it was thrown, without the wrapping that dependent stages give it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A stage of its own that ends as the given one does, with the failure as it was thrown. */
    static <T> CompletableFuture<@Nullable T> unwrapped(CompletionStage<? extends @Nullable T> stage) {
        CompletableFuture<@Nullable T> result = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(cause(failure));
            }
        });
        return result;
    }

    /** The same stage, but that a key that cannot be one is told and not a failure. */
    static CompletableFuture<@Nullable Object> refusals(CompletionStage<?> stage, Consumer<CacheKeyException> told) {
        return stage.<@Nullable Object>thenApply(value -> null)
                .toCompletableFuture()
                .exceptionallyCompose(failure -> {
                    if (cause(failure) instanceof CacheKeyException refused) {
                        told.accept(refused);
                        return done(null);
                    }
                    return CompletableFuture.failedFuture(cause(failure));
                });
    }

    /** Does something with the failure of a stage, if it comes to one. */
    static void ifFailed(CompletionStage<?> stage, Consumer<Throwable> action) {
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                action.accept(cause(failure));
            }
        });
    }
}
