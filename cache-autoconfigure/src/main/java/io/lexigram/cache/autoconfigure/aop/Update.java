package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Reservation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A value to store under one key. */
record Update(
        CacheOperation operation, String key, @Nullable Object value, CallOptions options) implements CacheWrite {

    @Override
    public void run() {
        try {
            operation.handle().put(key, value, options);
        } catch (CacheKeyException e) {
            refused(e);
        }
    }

    @Override
    public CompletionStage<?> runAsync() {
        try {
            return Stages.refusals(
                    operation.handle().async().put(key, value, options).toCompletableFuture(), this::refused);
        } catch (CacheKeyException e) {
            refused(e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void refused(CacheKeyException e) {
        operation.log().fault(UpdateOperation.NOT_UPDATED, e);
    }

    @Override
    public void runAfterCommit(CacheTransaction transaction) {
        if (!isToBeStored(transaction)) {
            return;
        }
        try {
            transaction.defer(new Reserved(this, operation.handle().reserve(key)));
        } catch (CacheKeyException e) {
            refused(e);
        }
    }

    @Override
    public CompletionStage<?> runAfterCommitAsync(CacheTransaction transaction) {
        if (!isToBeStored(transaction)) {
            return Stages.done(null);
        }
        try {
            CompletionStage<?> reserved = operation
                    .handle()
                    .async()
                    .reserve(key)
                    .thenAccept(reservation -> transaction.defer(new Reserved(this, reservation)));
            return Stages.refusals(reserved, this::refused);
        } catch (CacheKeyException e) {
            refused(e);
            return Stages.done(null);
        }
    }

    /** A value made of a snapshot may be older than an invalidation: it is not stored, and what is there goes. */
    private boolean isToBeStored(CacheTransaction transaction) {
        transaction.changes(operation.cache().name(), key);
        if (!transaction.mayFill()) {
            transaction.defer(Invalidation.ofKey(operation, key));
        }
        return transaction.mayFill();
    }

    /** Stores after the commit unless somebody has changed the key since; then nobody knows which value is newer. */
    private record Reserved(Update update, Reservation<Object> reservation) implements CacheTransaction.Deferred {

        @Override
        public CacheOperation operation() {
            return update.operation;
        }

        @Override
        public void commit(boolean certain) {
            try (reservation) {
                if (!certain || !reservation.put(update.value, update.options)) {
                    update.operation.handle().invalidate(update.key);
                }
            }
        }

        @Override
        public void discard() {
            reservation.close();
        }
    }
}
