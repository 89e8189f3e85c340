package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.request.CurrentRequest;
import io.lexigram.cache.request.RequestMemo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Everything that is to be done around the calls of one method. Immutable; the arrays are not written. */
final class MethodPlan {

    private final CallSite site;
    private final ReturnShape shape;
    private final Execution execution;
    private final TransactionBoundary transactions;
    private final CurrentRequest request;
    private final RequestOperation[] requestCached;
    private final CachedOperation[] cached;
    private final UpdateOperation[] updates;
    private final InvalidateOperation[] before;
    private final InvalidateOperation[] after;
    private final @Nullable LocalAnswer local;

    MethodPlan(
            CallSite site, ReturnShape shape, Execution execution, Surroundings surroundings, Operations operations) {
        this.site = site;
        this.shape = shape;
        this.execution = execution;
        this.transactions = surroundings.transactions();
        this.request = surroundings.request();
        this.requestCached = operations.requestCached.toArray(RequestOperation[]::new);
        this.cached = operations.cached.toArray(CachedOperation[]::new);
        this.updates = operations.updates.toArray(UpdateOperation[]::new);
        this.before = invalidations(operations, InvalidateOperation::beforeInvocation);
        this.after = invalidations(operations, operation -> !operation.beforeInvocation());
        this.local = LocalAnswer.of(site, shape, operations);
    }

    private static InvalidateOperation[] invalidations(Operations operations, Predicate<InvalidateOperation> which) {
        return operations.invalidations.stream().filter(which).toArray(InvalidateOperation[]::new);
    }

    @Nullable
    Object execute(MethodInvocation invocation, Object target) throws Throwable {
        @Nullable Object[] args = invocation.getArguments();
        if (local != null && transactions.current() == null) {
            Object answer = local.to(args);
            if (answer != LocalAnswer.NONE) {
                return answer;
            }
        }
        return execution.execute(this, new Call(site, target, args), invocation);
    }

    CallSite site() {
        return site;
    }

    ReturnShape shape() {
        return shape;
    }

    /** The transaction around the call, where the method has to do with one. */
    @Nullable
    CacheTransaction transaction() {
        return concernsCaches() ? transactions.current() : null;
    }

    /** Whether the method has to do with any cache, and not with the request alone. */
    boolean concernsCaches() {
        return cached.length + updates.length + before.length + after.length > 0;
    }

    boolean returnsPrimitive() {
        return site.method().getReturnType().isPrimitive();
    }

    /** Whether the method keeps results for the time of a request. */
    boolean remembers() {
        return requestCached.length > 0;
    }

    /** The results of the current request, where the method keeps any. */
    @Nullable
    RequestMemo memo() {
        return remembers() ? request.memo() : null;
    }

    /** Everything that has to do with a cache. */
    List<CacheOperation> cacheOperations() {
        List<CacheOperation> all = new ArrayList<>(List.of(cached));
        all.addAll(List.of(updates));
        all.addAll(List.of(before));
        all.addAll(List.of(after));
        return all;
    }

    RequestOperation[] requestCached() {
        return requestCached;
    }

    CachedOperation[] cached() {
        return cached;
    }

    UpdateOperation[] updates() {
        return updates;
    }

    /** What is invalidated before the method, or the cache, is asked. */
    InvalidateOperation[] before() {
        return before;
    }

    /** What is invalidated after success. */
    InvalidateOperation[] after() {
        return after;
    }

    /** Whether the method is answered from anywhere but itself. */
    boolean isAnsweredFromCache() {
        return cached.length + requestCached.length > 0;
    }

    /** The annotations of one method, compiled. */
    record Operations(
            List<RequestOperation> requestCached,
            List<CachedOperation> cached,
            List<UpdateOperation> updates,
            List<InvalidateOperation> invalidations) {

        /** Whether all there is to do is one {@code @Cached}. */
        boolean isOneCached() {
            return cached.size() == 1 && requestCached.isEmpty() && updates.isEmpty() && invalidations.isEmpty();
        }

        boolean isEmpty() {
            return requestCached.isEmpty() && cached.isEmpty() && updates.isEmpty() && invalidations.isEmpty();
        }
    }

    /** What calls happen in. */
    record Surroundings(TransactionBoundary transactions, CurrentRequest request) {}
}
