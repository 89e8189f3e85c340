package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.BatchResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The entries one run for many elements is to fill, each behind a fence of its own. */
final class BatchFills implements AutoCloseable {

    private final Map<String, Fills> fills = new LinkedHashMap<>();

    /** Reserves what a read did not find; what it could not tell is not stored. */
    static BatchFills of(BatchRequest request, BatchResult<Object> read) {
        BatchFills all = new BatchFills();
        CachedOperation operation = request.operation();
        for (String key : read.missing()) {
            Fills one = new Fills();
            one.add(operation, key, operation.handle().reserve(key));
            all.fills.put(key, one);
        }
        return all;
    }

    /** As {@link #of}, without blocking: the run is to begin when the stage has ended. */
    static CompletableFuture<BatchFills> begun(BatchRequest request, BatchResult<Object> read) {
        CompletableFuture<BatchFills> all = CompletableFuture.completedFuture(new BatchFills());
        CachedOperation operation = request.operation();
        for (String key : read.missing()) {
            all = all.thenCombine(operation.handle().async().reserve(key), (fills, reservation) -> {
                Fills one = new Fills();
                one.add(operation, key, reservation);
                fills.fills.put(key, one);
                return fills;
            });
        }
        return all;
    }

    boolean isEmpty() {
        return fills.isEmpty();
    }

    void store(Map<String, Call> loaded) {
        loaded.forEach((key, call) -> {
            Fills one = fills.get(key);
            if (one != null) {
                one.store(call);
            }
        });
    }

    /**
     * Hands all of them over to the transaction.
     *
     * @param loaded what the run has come to when the transaction commits
     */
    void storeAfterCommit(CacheTransaction transaction, CompletableFuture<Map<String, Call>> loaded) {
        fills.forEach((key, one) -> one.storeAfterCommit(
                transaction,
                () -> loaded.isDone() && !loaded.isCompletedExceptionally()
                        ? loaded.join().get(key)
                        : null));
        fills.clear();
    }

    @Override
    public void close() {
        fills.values().forEach(Fills::close);
    }
}
