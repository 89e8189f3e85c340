package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.request.RequestMemo;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * For methods that return a {@link Mono} or a {@link Flux}. Nothing happens before the subscription, and each subscription is
 * a call of its own.
 *
 * <p>Where the cache may answer, the method's publisher is subscribed to once for all who wait, and goes on when one of them
 * cancels. Where it only changes caches, signals and cancellation pass through; so does cancellation in a transaction, whose
 * connection must not be used when it is over.
 */
final class ReactorExecution implements Execution {

    private final int limit;
    private final ReactiveTransactions transactions;

    /**
     * @param limit how many items of a flux are collected at most
     */
    ReactorExecution(int limit, ReactiveTransactions transactions) {
        this.limit = limit;
        this.transactions = transactions;
    }

    @Override
    public Object execute(MethodPlan plan, Call call, MethodInvocation invocation) {
        RequestMemo memo = plan.memo();
        boolean answered = plan.isAnsweredFromCache();
        if (plan.shape().kind() == ReturnShape.Kind.MONO) {
            return answered ? answeredMono(plan, call, invocation, memo) : writingMono(plan, call, invocation);
        }
        return answered ? answeredFlux(plan, call, invocation, memo) : writingFlux(plan, call, invocation);
    }

    private Mono<Object> answeredMono(
            MethodPlan plan, Call call, MethodInvocation invocation, @Nullable RequestMemo ofThread) {
        return Mono.deferContextual(context -> {
            RequestMemo memo = memo(plan, context, ofThread);
            CacheTransaction transaction = transactions.around(plan, context);
            Sinks.Empty<Object> cancelled = Sinks.empty();
            StageCall.Source source = loading -> mono(invocation)
                    .contextWrite(within(context, loading))
                    .takeUntilOther(cancelled.asMono())
                    .toFuture();
            CompletableFuture<@Nullable Object> value =
                    new StageCall(plan, call, source, memo, around(context), transaction).answer();
            Mono<Object> answer =
                    Mono.fromFuture(StageExecution.handOver(value, plan.shape().wrapping()));
            return transaction == null ? answer : answer.doOnCancel(cancelled::tryEmitEmpty);
        });
    }

    private Flux<Object> answeredFlux(
            MethodPlan plan, Call call, MethodInvocation invocation, @Nullable RequestMemo ofThread) {
        return Flux.deferContextual(context -> {
            RequestMemo memo = memo(plan, context, ofThread);
            CacheTransaction transaction = transactions.around(plan, context);
            FluxCollector collector = new FluxCollector(limit);
            StageCall.Source source = loading -> {
                flux(invocation).contextWrite(within(context, loading)).subscribe(collector);
                return collector.collected();
            };
            StageCall stage = new StageCall(plan, call, source, memo, around(context), transaction);
            return Mono.fromFuture(stage.answer(), true)
                    .flatMapMany(value -> value == StageCall.TOO_LONG
                            ? collector.everythingOr(flux(invocation)).concatWith(end(() -> stage.writes()
                                    .afterTooLong()))
                            : Flux.fromIterable((List<?>) value))
                    .doOnCancel(transaction == null ? collector::abandon : collector::cancel);
        });
    }

    private Mono<Object> writingMono(MethodPlan plan, Call call, MethodInvocation invocation) {
        return Mono.deferContextual(context -> {
            if (transactions.around(plan, context) != null) {
                return answeredMono(plan, call, invocation, null);
            }
            StageWrites writes = new StageWrites(plan, call, null);
            return Mono.fromFuture(writes.before())
                    .then(mono(invocation))
                    .flatMap(value -> written(plan, writes, value).thenReturn(value))
                    .switchIfEmpty(Mono.defer(() -> written(plan, writes, null)));
        });
    }

    private static Mono<Object> written(MethodPlan plan, StageWrites writes, @Nullable Object returned) {
        try {
            Object value = plan.shape().wrapping().unwrap(returned);
            return end(() -> writes.update(value).thenCompose(writes::after));
        } catch (FailedResult failure) {
            return Mono.empty();
        }
    }

    private Flux<Object> writingFlux(MethodPlan plan, Call call, MethodInvocation invocation) {
        return Flux.deferContextual(context -> {
            if (transactions.around(plan, context) != null) {
                return answeredFlux(plan, call, invocation, null);
            }
            StageWrites writes = new StageWrites(plan, call, null);
            BoundedList seen = new BoundedList(limit);
            return Mono.fromFuture(writes.before())
                    .thenMany(flux(invocation))
                    .doOnNext(seen::add)
                    .concatWith(end(() -> writes.update(seen.isTooLong() ? StageCall.TOO_LONG : seen.items())
                            .thenCompose(done -> writes.after(seen.isTooLong() ? null : seen.items()))));
        });
    }

    /** That of the request the subscription is part of, or else of the thread that called. */
    private static @Nullable RequestMemo memo(MethodPlan plan, ContextView context, @Nullable RequestMemo ofThread) {
        return plan.remembers() && context.hasKey(RequestMemo.class) ? context.get(RequestMemo.class) : ofThread;
    }

    private static @Nullable LoadingKeys around(ContextView context) {
        return context.hasKey(LoadingKeys.class) ? context.get(LoadingKeys.class) : LoadingKeys.current();
    }

    private static Context within(ContextView context, @Nullable LoadingKeys loading) {
        Context own = Context.of(context);
        return loading == null ? own.delete(LoadingKeys.class) : own.put(LoadingKeys.class, loading);
    }

    private static Mono<Object> end(Supplier<CompletableFuture<@Nullable Object>> last) {
        return Mono.defer(() -> Mono.fromFuture(last.get(), true).then(Mono.empty()));
    }

    @SuppressWarnings("unchecked")
    static Mono<Object> mono(MethodInvocation invocation) {
        return Mono.defer(() -> {
            try {
                return (Mono<Object>) anew(invocation).proceed();
            } catch (Throwable e) {
                return Mono.error(e);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Flux<Object> flux(MethodInvocation invocation) {
        return Flux.defer(() -> {
            try {
                return (Flux<Object>) anew(invocation).proceed();
            } catch (Throwable e) {
                return Flux.error(e);
            }
        });
    }

    /** An invocation can proceed once, a publisher may be subscribed to often. */
    private static MethodInvocation anew(MethodInvocation invocation) {
        return invocation instanceof ProxyMethodInvocation proxied ? proxied.invocableClone() : invocation;
    }
}
