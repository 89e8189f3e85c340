package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.LoadContext;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.request.RequestMemo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** As {@link BlockingCall}, for methods that return before they are done. */
final class StageCall implements AsyncLoader<Object> {

    /** In the place of a value that turned out too long to be one: it is handed on, and stored nowhere. */
    static final Object TOO_LONG = new Object();

    private final MethodPlan plan;
    private final Call call;
    private final Source source;
    private final @Nullable RequestMemo memo;
    private final @Nullable LoadingKeys around;
    private final @Nullable CacheTransaction transaction;
    private final StageWrites writes;
    private int first;
    private String key = "";
    private volatile boolean running;

    /**
     * @param around the loads this call is part of
     */
    StageCall(
            MethodPlan plan,
            Call call,
            Source source,
            @Nullable RequestMemo memo,
            @Nullable LoadingKeys around,
            @Nullable CacheTransaction transaction) {
        this.plan = plan;
        this.call = call;
        this.source = source;
        this.memo = memo;
        this.around = around;
        this.transaction = transaction;
        this.writes = new StageWrites(plan, call, transaction);
    }

    /** Everything, in its order; the value without its wrapping. */
    CompletableFuture<@Nullable Object> answer() {
        return writes.withInvalidations(writes.before().thenCompose(done -> remembered()));
    }

    StageWrites writes() {
        return writes;
    }

    private CompletableFuture<@Nullable Object> remembered() {
        if (memo == null) {
            return read();
        }
        CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
        List<RequestOperation.Place> places = new ArrayList<>();
        for (RequestOperation operation : plan.requestCached()) {
            RequestOperation.Place place = operation.placeOf(call);
            RequestMemo.Remembered known = place == null ? null : memo.putIfAbsent(place, promise);
            if (known != null && known.result() instanceof CompletableFuture<?> begun && begun != promise) {
                places.forEach(own -> memo.remove(own, promise));
                return begun.thenApply(value -> value);
            }
            if (place != null) {
                places.add(place);
            }
        }
        return read().whenComplete((result, failure) -> {
            if (failure == null) {
                promise.complete(result);
            } else {
                promise.completeExceptionally(Stages.cause(failure));
            }
            if (failure != null || result == TOO_LONG) {
                places.forEach(place -> memo.remove(place, promise));
            }
        });
    }

    private CompletableFuture<@Nullable Object> read() {
        CachedOperation[] operations = plan.cached();
        if (transaction != null && operations.length > 0) {
            return readInTransaction(Lookups.of(call, operations, 0), transaction);
        }
        for (first = 0; first < operations.length; first++) {
            String found = operations[first].keyFor(call);
            if (found != null) {
                key = found;
                return LoadingKeys.contain(around, operations[first], key) ? invoke(around) : load(operations[first]);
            }
        }
        return invoke(around);
    }

    private CompletableFuture<@Nullable Object> load(CachedOperation operation) {
        CompletableFuture<@Nullable Object> value;
        try {
            value = Stages.unwrapped(operation.handle().async().get(key, this, operation.options()));
        } catch (CacheKeyException e) {
            value = CompletableFuture.failedFuture(e);
        }
        return value.exceptionallyCompose(failure -> {
            if (running || !(failure instanceof CacheKeyException refused)) {
                return CompletableFuture.failedFuture(failure);
            }
            operation.log().fault(CachedOperation.UNCACHED, refused);
            return invoke(around);
        });
    }

    @Override
    public CompletionStage<@Nullable Object> load(LoadContext context) {
        CachedOperation operation = plan.cached()[first];
        LoadingKeys loading = LoadingKeys.of(around, operation, key);
        return first + 1 < plan.cached().length
                ? loadAll(operation, Lookups.of(call, plan.cached(), first + 1), context, loading)
                : invoke(loading).thenApply(value -> decided(operation, value, context));
    }

    private @Nullable Object decided(CachedOperation operation, @Nullable Object value, LoadContext context) {
        if (value == TOO_LONG) {
            context.doNotStore();
        } else {
            operation.decide(call.returned(value), context);
        }
        return value;
    }

    /** Asks the further caches; a value found there is not stored again: its time has been running. */
    private CompletableFuture<@Nullable Object> loadAll(
            CachedOperation operation, Lookups further, LoadContext context, LoadingKeys loading) {
        return further.firstHitAsync().thenCompose(hit -> {
            if (hit != null) {
                context.doNotStore();
                return Stages.done(hit.value());
            }
            return further.reserveAsync().thenCompose(fills -> invoke(loading)
                    .thenApply(value -> decided(operation, value, context))
                    .thenCompose(value -> stored(fills, value))
                    .whenComplete((value, failure) -> fills.close()));
        });
    }

    /** A reservation blocks while it stores, which the thread that ended the stage may not. */
    private CompletableFuture<@Nullable Object> stored(Fills fills, @Nullable Object value) {
        if (value == TOO_LONG || fills.isEmpty()) {
            return Stages.done(value);
        }
        return CompletableFuture.supplyAsync(() -> {
            fills.store(call.returned(value));
            return value;
        });
    }

    /** Where the transaction is bound to this thread, on this thread from end to end. */
    private CompletableFuture<@Nullable Object> readInTransaction(Lookups caches, CacheTransaction own) {
        if (caches.anyChangedBy(own)) {
            return invoke(around);
        }
        CompletableFuture<Lookup.@Nullable Hit<Object>> hit =
                own.isBoundToThread() ? Stages.done(caches.firstHit()) : caches.firstHitAsync();
        return hit.thenCompose(found -> found == null
                ? reserve(caches, own).thenCompose(fills -> loadInTransaction(fills, own))
                : Stages.done(found.value()));
    }

    private static CompletableFuture<Fills> reserve(Lookups caches, CacheTransaction own) {
        if (own.isBoundToThread() || !own.mayFill()) {
            return CompletableFuture.completedFuture(own.mayFill() ? caches.reserve() : new Fills());
        }
        return caches.reserveAsync();
    }

    private CompletableFuture<@Nullable Object> loadInTransaction(Fills fills, CacheTransaction own) {
        CompletableFuture<@Nullable Object> value = invoke(around);
        fills.storeAfterCommit(own, () -> {
            boolean ended = value.isDone() && !value.isCompletedExceptionally() && value.join() != TOO_LONG;
            return ended ? call.returned(value.join()) : null;
        });
        return value;
    }

    private CompletableFuture<@Nullable Object> invoke(@Nullable LoadingKeys loading) {
        running = true;
        return writes.withUpdates(started(loading));
    }

    private CompletableFuture<@Nullable Object> started(@Nullable LoadingKeys loading) {
        LoadingKeys before = LoadingKeys.bind(loading);
        try {
            CompletionStage<?> stage = source.start(loading);
            if (stage == null) {
                throw new IllegalStateException(plan.site() + " returned null instead of a "
                        + plan.site().method().getReturnType().getSimpleName());
            }
            return Stages.unwrapped(stage)
                    .thenApply(returned -> returned == TOO_LONG
                            ? returned
                            : plan.shape().wrapping().unwrap(returned));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            LoadingKeys.bind(before);
        }
    }

    /** Starts the method. */
    @FunctionalInterface
    interface Source {

        /**
         * @param loading the loads it is part of, which are bound to the thread while it starts
         */
        @Nullable
        CompletionStage<?> start(@Nullable LoadingKeys loading) throws Throwable;
    }
}
