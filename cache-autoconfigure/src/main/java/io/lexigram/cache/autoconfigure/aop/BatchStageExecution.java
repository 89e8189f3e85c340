package io.lexigram.cache.autoconfigure.aop;

import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * For methods that return a {@link CompletionStage} of a map for many elements.
 *
 * @param parameter the elements
 */
record BatchStageExecution(BatchParameter parameter) implements Execution {

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is what the caller gets
    public @Nullable Object execute(MethodPlan plan, Call call, MethodInvocation invocation) throws Throwable {
        BatchRequest request = BatchRequest.of(plan, call, parameter);
        if (request == null) {
            return invocation.proceed();
        }
        BatchStageCall.Source source = arguments ->
                (CompletionStage<?>) BatchCall.with(invocation, arguments).proceed();
        return StageExecution.handOver(
                new BatchStageCall(plan, request, source, plan.transaction()).answer(),
                plan.shape().wrapping());
    }
}
