package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
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

    /** A stage that ends with the same value when the updates are done; in a transaction they wait for the commit instead. */
    CompletableFuture<@Nullable Object> withUpdates(CompletableFuture<@Nullable Object> value) {
        if (transaction == null) {
            return plan.updates().length == 0 ? value : value.thenCompose(this::update);
        }
        deferAll(plan.updates(), value, (result, certain) -> update(certain ? result : StageCall.TOO_LONG));
        return value;
    }

    /** As {@link #withUpdates}, for what is invalidated after success. That of a value too long is still to come. */
    CompletableFuture<@Nullable Object> withInvalidations(CompletableFuture<@Nullable Object> value) {
        if (transaction == null) {
            return plan.after().length == 0
                    ? value
                    : value.thenCompose(result -> result == StageCall.TOO_LONG ? Stages.done(result) : after(result));
        }
        deferAll(plan.after(), value, (result, certain) -> after(result == StageCall.TOO_LONG ? null : result));
        return value;
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

    /** What the expressions will name is not known yet: until the commit no entry of these caches is read. */
    private void deferAll(CacheOperation[] operations, CompletableFuture<@Nullable Object> value, Writing writing) {
        if (operations.length == 0 || transaction == null) {
            return;
        }
        for (CacheOperation operation : operations) {
            transaction.changes(operation.cache().name());
        }
        transaction.defer(new AfterStage(operations[0], value, writing));
    }

    @FunctionalInterface
    private interface Writing {

        CompletableFuture<@Nullable Object> write(@Nullable Object result, boolean certain);
    }

    /** Writes when the transaction has committed and the stage has succeeded, whichever is last. */
    private record AfterStage(CacheOperation operation, CompletableFuture<@Nullable Object> value, Writing writing)
            implements CacheTransaction.Deferred {

        @Override
        public void commit(boolean certain) {
            CompletableFuture<?> written = value.thenCompose(result -> writing.write(result, certain));
            Stages.ifFailed(written, failure -> {
                if (failure instanceof CacheException fault) {
                    operation.log().fault(CacheTransaction.UNCHANGED, fault);
                }
            });
        }

        @Override
        public void discard() {}
    }
}
