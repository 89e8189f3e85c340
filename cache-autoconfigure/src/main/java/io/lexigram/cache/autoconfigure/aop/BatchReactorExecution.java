package io.lexigram.cache.autoconfigure.aop;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * For methods that return a {@link Mono} of a map for many elements. Each subscription is a call of its own.
 *
 * @param parameter the elements
 */
record BatchReactorExecution(BatchParameter parameter, ReactiveTransactions transactions) implements Execution {

    @Override
    public @Nullable Object execute(MethodPlan plan, Call call, MethodInvocation invocation) throws Throwable {
        if (BatchRequest.of(plan, call, parameter) == null) {
            return invocation.proceed();
        }
        return Mono.deferContextual(context -> {
            BatchRequest request = BatchRequest.of(plan, call, parameter);
            if (request == null) {
                return ReactorExecution.mono(invocation);
            }
            BatchStageCall.Source source = arguments -> ReactorExecution.mono(BatchCall.with(invocation, arguments))
                    .contextWrite(context)
                    .toFuture();
            return Mono.fromFuture(StageExecution.handOver(
                    new BatchStageCall(plan, request, source, transactions.around(plan, context)).answer(),
                    plan.shape().wrapping()));
        });
    }
}
