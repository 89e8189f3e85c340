package io.lexigram.cache.autoconfigure.aop;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * For methods that return a map for many elements when they are done.
 *
 * @param parameter the elements
 */
record BatchExecution(BatchParameter parameter) implements Execution {

    @Override
    public @Nullable Object execute(MethodPlan plan, Call call, MethodInvocation invocation) throws Throwable {
        BatchRequest request = BatchRequest.of(plan, call, parameter);
        if (request == null) {
            return invocation.proceed();
        }
        try {
            return plan.shape().wrapping().wrap(new BatchCall(plan, request, invocation).answer(plan.transaction()));
        } catch (FailedResult failure) {
            return failure.returned();
        }
    }
}
