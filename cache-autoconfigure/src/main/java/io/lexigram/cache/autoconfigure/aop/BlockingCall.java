package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.request.RequestMemo;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** One call answered from the request, from the caches in their order, or by the method, in that order. */
final class BlockingCall implements AdaptiveLoader<Object, Throwable> {

    private final MethodPlan plan;
    private final Call call;
    private final MethodInvocation invocation;
    private final @Nullable CacheTransaction transaction;
    private int first;
    private String key = "";
    private boolean running;

    BlockingCall(MethodPlan plan, Call call, MethodInvocation invocation, @Nullable CacheTransaction transaction) {
        this.plan = plan;
        this.call = call;
        this.invocation = invocation;
        this.transaction = transaction;
    }

    @Nullable
    Object answer() throws Throwable {
        RequestMemo memo = plan.memo();
        return memo == null ? read() : remembered(memo);
    }

    private @Nullable Object remembered(RequestMemo memo) throws Throwable {
        RequestOperation[] operations = plan.requestCached();
        RequestOperation.@Nullable Place[] places = new RequestOperation.Place[operations.length];
        for (int i = 0; i < operations.length; i++) {
            places[i] = operations[i].placeOf(call);
            RequestMemo.Remembered known = places[i] == null ? null : memo.get(places[i]);
            if (known != null) {
                return known.result();
            }
        }
        Object value = read();
        for (RequestOperation.Place place : places) {
            if (place != null) {
                memo.putIfAbsent(place, value);
            }
        }
        return value;
    }

    private @Nullable Object read() throws Throwable {
        CachedOperation[] operations = plan.cached();
        if (transaction != null && operations.length > 0) {
            return readInTransaction(Lookups.of(call, operations, 0), transaction);
        }
        for (first = 0; first < operations.length; first++) {
            String found = operations[first].keyFor(call);
            if (found != null) {
                key = found;
                return load(operations[first]);
            }
        }
        return invoke();
    }

    private @Nullable Object load(CachedOperation operation) throws Throwable {
        Object value;
        try {
            value = operation.handle().get(key, this, operation.options());
        } catch (CacheKeyException e) {
            if (running) {
                throw e;
            }
            operation.log().fault(CachedOperation.UNCACHED, e);
            return invoke();
        } catch (IllegalStateException e) {
            if (running || !LoadingKeys.contain(LoadingKeys.current(), operation, key)) {
                throw e;
            }
            return invoke();
        }
        return running || fits(value) ? value : invoke();
    }

    /** Somebody else may have cached null under the key of a method that cannot return it. */
    private boolean fits(@Nullable Object value) {
        return value != null || !plan.returnsPrimitive();
    }

    @Override
    public @Nullable Object load(LoadContext context) throws Throwable {
        CachedOperation operation = plan.cached()[first];
        LoadingKeys around = LoadingKeys.current();
        LoadingKeys.bind(LoadingKeys.of(around, operation, key));
        try {
            if (first + 1 < plan.cached().length) {
                return loadAll(operation, context);
            }
            Object value = invoke();
            operation.decide(call.returned(value), context);
            return value;
        } finally {
            LoadingKeys.bind(around);
        }
    }

    /** Asks the further caches; a value found there is not stored again: its time has been running. */
    private @Nullable Object loadAll(CachedOperation operation, LoadContext context) throws Throwable {
        Lookups further = Lookups.of(call, plan.cached(), first + 1);
        Lookup.Hit<Object> hit = further.firstHit();
        if (hit != null && fits(hit.value())) {
            context.doNotStore();
            return hit.value();
        }
        try (Fills fills = further.reserve()) {
            Object value = invoke();
            Call returned = call.returned(value);
            operation.decide(returned, context);
            fills.store(returned);
            return value;
        }
    }

    /** A run in a transaction sees what others must not see yet: it joins nobody, and fills after the commit only. */
    private @Nullable Object readInTransaction(Lookups caches, CacheTransaction own) throws Throwable {
        if (caches.anyChangedBy(own)) {
            return invoke();
        }
        Lookup.Hit<Object> hit = caches.firstHit();
        if (hit != null && fits(hit.value())) {
            return hit.value();
        }
        Fills fills = own.mayFill() ? caches.reserve() : new Fills();
        boolean returned = false;
        try {
            Call result = call.returned(invoke());
            fills.storeAfterCommit(own, () -> result);
            returned = true;
            return result.result();
        } finally {
            if (!returned) {
                fills.close();
            }
        }
    }

    private @Nullable Object invoke() throws Throwable {
        running = true;
        Object value = plan.shape().wrapping().unwrap(invocation.proceed());
        if (plan.updates().length > 0) {
            Call returned = call.returned(value);
            for (UpdateOperation operation : plan.updates()) {
                BlockingExecution.write(operation.writeFor(returned), transaction);
            }
        }
        return value;
    }
}
