package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one call of a method that returns before it is done changes in caches. */
final class StageWrites {

    private final MethodPlan plan;
    private final Call call;
    private final @Nullable CacheTransaction transaction;

    StageWrites(MethodPlan plan, Call call, @Nullable CacheTransaction transaction) {
        this.plan = plan;
        this.call = call;
        this.transaction = transaction;
    }

    /** What is invalidated before anything else. */
    CompletableFuture<@Nullable Object> before() {
        if (transaction == null) {
            return writeAll(plan.before(), InvalidateOperation::writeFor, null);
        }
        for (InvalidateOperation operation : plan.before()) {
            CacheWrite write = operation.writeFor(call);
            if (write != null) {
                write.runAfterCommit(transaction);
            }
        }
        return Stages.done(null);
    }

    /**
     * A stage that ends with the same value when the updates are done; in a transaction when it knows of them: they wait for the
     * commit.
     */
    CompletableFuture<@Nullable Object> withUpdates(CompletableFuture<@Nullable Object> value) {
        if (transaction == null) {
            return plan.updates().length == 0 ? value : value.thenCompose(this::update);
        }
        return deferAll(plan.updates(), value, this::updateOf, result -> update(StageCall.TOO_LONG));
    }

    /** As {@link #withUpdates}, for what is invalidated after success. That of a value too long is still to come. */
    CompletableFuture<@Nullable Object> withInvalidations(CompletableFuture<@Nullable Object> value) {
        if (transaction == null) {
            return plan.after().length == 0
                    ? value
                    : value.thenCompose(result -> result == StageCall.TOO_LONG ? Stages.done(result) : after(result));
        }
        return deferAll(plan.after(), value, this::invalidationOf, result -> after(seen(result)));
    }

    /** What is invalidated when everything of a value too long has been handed on. */
    CompletableFuture<@Nullable Object> afterTooLong() {
        return transaction == null ? after(null) : Stages.done(null);
    }

    CompletableFuture<@Nullable Object> update(@Nullable Object value) {
        return value == StageCall.TOO_LONG
                ? writeAll(plan.updates(), UpdateOperation::removalFor, null).thenApply(done -> value)
                : writeAll(plan.updates(), UpdateOperation::writeFor, value);
    }

    CompletableFuture<@Nullable Object> after(@Nullable Object value) {
        return writeAll(plan.after(), InvalidateOperation::writeFor, value);
    }

    private <O extends CacheOperation> CompletableFuture<@Nullable Object> writeAll(
            O[] operations, BiFunction<O, Call, @Nullable CacheWrite> writes, @Nullable Object value) {
        CompletableFuture<@Nullable Object> all = Stages.done(value);
        if (operations.length == 0) {
            return all;
        }
        Call returned = call.returned(value);
        for (O operation : operations) {
            CacheWrite write = writes.apply(operation, returned);
            if (write != null) {
                all = all.thenCompose(done -> write.runAsync()).thenApply(done -> value);
            }
        }
        return all;
    }

    private @Nullable CacheWrite updateOf(UpdateOperation operation, @Nullable Object result) {
        return result == StageCall.TOO_LONG
                ? operation.removalFor(call.returned(null))
                : operation.writeFor(call.returned(result));
    }

    private @Nullable CacheWrite invalidationOf(InvalidateOperation operation, @Nullable Object result) {
        return operation.writeFor(call.returned(seen(result)));
    }

    private static @Nullable Object seen(@Nullable Object result) {
        return result == StageCall.TOO_LONG ? null : result;
    }

    /** What the expressions will name is not known yet: until the stage ends no entry of these caches is read. */
    private <O extends CacheOperation> CompletableFuture<@Nullable Object> deferAll(
            O[] operations,
            CompletableFuture<@Nullable Object> value,
            BiFunction<O, @Nullable Object, @Nullable CacheWrite> writes,
            Function<@Nullable Object, CompletableFuture<@Nullable Object>> late) {
        CacheTransaction own = transaction;
        if (operations.length == 0 || own == null) {
            return value;
        }
        CacheTransaction part = own.part(Arrays.stream(operations)
                .map(operation -> operation.cache().name())
                .collect(Collectors.toSet()));
        boolean isHere = own.isBoundToThread() && value.isDone();
        CompletableFuture<@Nullable Object> ended = value.thenCompose(result -> {
                    CompletableFuture<@Nullable Object> all = Stages.done(result);
                    for (O operation : operations) {
                        CacheWrite write = writes.apply(operation, result);
                        if (write != null) {
                            all = all.thenCompose(done -> deferred(write, part, isHere))
                                    .thenApply(done -> result);
                        }
                    }
                    return all;
                })
                .whenComplete((result, failure) -> part.settle());
        own.defer(new AfterStage(operations[0], part, ended, late));
        return value.thenCompose(result -> ended.handle((done, failure) -> result));
    }

    /** On the thread of a transaction at once; who ends a stage later, or elsewhere, may be a thread that must not block. */
    private static CompletionStage<?> deferred(CacheWrite write, CacheTransaction part, boolean isHere) {
        if (!isHere) {
            return write.runAfterCommitAsync(part);
        }
        write.runAfterCommit(part);
        return Stages.done(null);
    }

    /**
     * Writes after the commit what a stage has come to. One that ends only then has outlived its transaction: what it would
     * have stored is removed.
     *
     * @param part what is to be done once the stage has ended
     * @param late what is to be done when it ends too late for that
     */
    private record AfterStage(
            CacheOperation operation,
            CacheTransaction part,
            CompletableFuture<@Nullable Object> ended,
            Function<@Nullable Object, CompletableFuture<@Nullable Object>> late)
            implements CacheTransaction.Deferred {

        @Override
        public void commit(boolean certain) {
            if (!ended.isDone()) {
                Stages.ifFailed(
                        ended.thenCompose(result -> {
                            part.rollback();
                            return late.apply(result);
                        }),
                        this::tell);
            } else if (certain) {
                part.commit();
            } else {
                part.commitUncertainly();
            }
        }

        private void tell(Throwable failure) {
            if (failure instanceof CacheException fault) {
                operation.log().fault(CacheTransaction.UNCHANGED, fault);
            }
        }

        @Override
        public void discard() {
            Stages.ifFailed(ended.thenRun(part::rollback), this::tell);
        }
    }
}
