package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Entries to remove.
 *
 * @param allEntries whether the whole cache is meant, whatever else is named
 */
record Invalidation(
        CacheOperation operation,
        @Nullable String key,
        @Nullable String pattern,
        List<String> tags,
        boolean allEntries) implements CacheWrite, CacheTransaction.Deferred {

    static Invalidation ofKey(CacheOperation operation, String key) {
        return new Invalidation(operation, key, null, List.of(), false);
    }

    @Override
    public void run() {
        Cache<Object> cache = operation.handle();
        try {
            if (allEntries) {
                cache.clear();
                return;
            }
            if (key != null) {
                cache.invalidate(key);
            }
            if (pattern != null) {
                cache.deletePattern(pattern);
            }
            if (!tags.isEmpty()) {
                cache.invalidateTags(tags.toArray(String[]::new));
            }
        } catch (CacheKeyException e) {
            refused(e);
        }
    }

    @Override
    public CompletionStage<?> runAsync() {
        try {
            var cache = operation.handle().async();
            if (allEntries) {
                return cache.clear();
            }
            List<CompletableFuture<?>> parts = new ArrayList<>(3);
            if (key != null) {
                parts.add(cache.delete(key).toCompletableFuture());
            }
            if (pattern != null) {
                parts.add(cache.deletePattern(pattern).toCompletableFuture());
            }
            if (!tags.isEmpty()) {
                parts.add(cache.invalidateTags(tags.toArray(String[]::new)).toCompletableFuture());
            }
            return Stages.refusals(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)), this::refused);
        } catch (CacheKeyException e) {
            refused(e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void refused(CacheKeyException e) {
        operation.log().fault(InvalidateOperation.NOTHING_REMOVED, e);
    }

    @Override
    public void runAfterCommit(CacheTransaction transaction) {
        if (key != null && pattern == null && tags.isEmpty() && !allEntries) {
            transaction.changes(operation.cache().name(), key);
        } else {
            transaction.changes(operation.cache().name());
        }
        transaction.defer(this);
    }

    @Override
    public void commit(boolean certain) {
        run();
    }

    @Override
    public void discard() {}
}
