package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** One call for many elements, each answered from the cache, and the missing ones together by the method. */
final class BatchCall implements BatchLoader<Object, Throwable> {

    private final MethodPlan plan;
    private final BatchRequest request;
    private final MethodInvocation invocation;

    BatchCall(MethodPlan plan, BatchRequest request, MethodInvocation invocation) {
        this.plan = plan;
        this.request = request;
        this.invocation = invocation;
    }

    Map<?, ?> answer(@Nullable CacheTransaction transaction) throws Throwable {
        if (transaction != null) {
            request.bypass(transaction.changed(request.operation().cache().name(), request.keys()));
        }
        Cache<Object> cache = request.operation().handle();
        if (request.keys().isEmpty()) {
            return uncached();
        }
        if (transaction == null && !request.operation().varies()) {
            request.found(cache.getAll(request.keys(), this, request.operation().options()));
        } else {
            readAndReserve(cache, transaction);
        }
        return uncached();
    }

    /** Asks the method for what has to do without the cache, if anything has. */
    private Map<?, ?> uncached() throws Throwable {
        if (request.isIncomplete()) {
            invoke(request.argumentsForUnknown());
        }
        return request.answer();
    }

    /** Asks the method for what the cache does not have, and tells the cache what to store. */
    @Override
    public Map<String, @Nullable Object> load(Set<String> missing) throws Throwable {
        invoke(request.argumentsFor(missing));
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        request.loaded().forEach((key, call) -> {
            if (request.operation().optionsFor(call) != null) {
                stored.put(key, call.result());
            }
        });
        return stored;
    }

    private void readAndReserve(Cache<Object> cache, @Nullable CacheTransaction transaction) throws Throwable {
        BatchResult<Object> read = cache.getMany(request.keys());
        request.found(read.found());
        if (!request.isIncomplete()) {
            return;
        }
        boolean fill = transaction == null || transaction.mayFill();
        try (BatchFills fills = fill ? BatchFills.of(request, read) : new BatchFills()) {
            invoke(request.argumentsForUnknown());
            if (transaction == null) {
                fills.store(request.loaded());
            } else {
                fills.storeAfterCommit(transaction, CompletableFuture.completedFuture(request.loaded()));
            }
        }
    }

    private void invoke(@Nullable Object[] arguments) throws Throwable {
        request.returned(
                plan.shape().wrapping().unwrap(with(invocation, arguments).proceed()));
    }

    /** The same invocation with other arguments. */
    static MethodInvocation with(MethodInvocation invocation, @Nullable Object[] arguments) {
        return ((ProxyMethodInvocation) invocation).invocableClone(arguments);
    }
}
