package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** As {@link BatchCall}, for methods that return before they are done. */
final class BatchStageCall {

    private final MethodPlan plan;
    private final BatchRequest request;
    private final Source source;
    private final @Nullable CacheTransaction transaction;

    BatchStageCall(MethodPlan plan, BatchRequest request, Source source, @Nullable CacheTransaction transaction) {
        this.plan = plan;
        this.request = request;
        this.source = source;
        this.transaction = transaction;
    }

    /** The map without its wrapping. */
    CompletableFuture<@Nullable Object> answer() {
        if (transaction != null) {
            request.bypass(transaction.changed(request.operation().cache().name(), request.keys()));
        }
        return read().thenCompose(read -> {
            request.found(read.found());
            return request.isIncomplete() ? load(read) : Stages.done(request.answer());
        });
    }

    /** Whether there is a transaction that is bound to this thread. */
    private boolean isBoundToThread() {
        return transaction != null && transaction.isBoundToThread();
    }

    private CompletableFuture<BatchResult<Object>> read() {
        Cache<Object> cache = request.operation().handle();
        return isBoundToThread()
                ? CompletableFuture.completedFuture(cache.getMany(request.keys()))
                : cache.async().getMany(request.keys()).toCompletableFuture();
    }

    private CompletableFuture<@Nullable Object> load(BatchResult<Object> read) {
        if (transaction != null && !transaction.mayFill()) {
            return load(new BatchFills());
        }
        return isBoundToThread()
                ? load(BatchFills.of(request, read))
                : BatchFills.begun(request, read).thenCompose(this::load);
    }

    private CompletableFuture<@Nullable Object> load(BatchFills fills) {
        CompletableFuture<Map<String, Call>> loaded = started().thenApply(map -> {
            request.returned(plan.shape().wrapping().unwrap(map));
            return request.loaded();
        });
        if (transaction != null) {
            fills.storeAfterCommit(transaction, loaded);
        }
        return loaded.thenCompose(calls -> stored(fills, calls))
                .<@Nullable Object>thenApply(done -> request.answer())
                .whenComplete((value, failure) -> fills.close());
    }

    private CompletableFuture<@Nullable Object> started() {
        try {
            CompletionStage<?> stage = source.start(request.argumentsForUnknown());
            if (stage == null) {
                throw new IllegalStateException(plan.site() + " returned null instead of a "
                        + plan.site().method().getReturnType().getSimpleName());
            }
            return Stages.unwrapped(stage);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A reservation blocks while it stores, which the thread that ended the stage may not. */
    private static CompletableFuture<@Nullable Object> stored(BatchFills fills, Map<String, Call> loaded) {
        if (fills.isEmpty()) {
            return Stages.done(null);
        }
        return CompletableFuture.supplyAsync(() -> {
            fills.store(loaded);
            return null;
        });
    }

    /** Starts the method with these arguments. */
    @FunctionalInterface
    interface Source {

        @Nullable
        CompletionStage<?> start(@Nullable Object[] arguments) throws Throwable;
    }
}
