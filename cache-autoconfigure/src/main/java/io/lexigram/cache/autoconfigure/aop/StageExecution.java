package io.lexigram.cache.autoconfigure.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** For methods that return a {@link CompletionStage}. */
final class StageExecution implements Execution {

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is what the caller gets
    public Object execute(MethodPlan plan, Call call, MethodInvocation invocation) {
        StageCall stage = new StageCall(
                plan,
                call,
                loading -> (CompletionStage<?>) invocation.proceed(),
                plan.memo(),
                LoadingKeys.current(),
                plan.transaction());
        return handOver(stage.answer(), plan.shape().wrapping());
    }

    /** A future of the caller's own, so that cancelling it concerns nobody else, with failures as they were thrown. */
    static CompletableFuture<@Nullable Object> handOver(CompletionStage<@Nullable Object> value, Wrapping wrapping) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        value.whenComplete((unwrapped, failure) -> {
            if (failure == null) {
                result.complete(wrapping.wrap(unwrapped));
            } else if (Stages.cause(failure) instanceof FailedResult failed) {
                result.complete(failed.returned());
            } else {
                result.completeExceptionally(Stages.cause(failure));
            }
        });
        return result;
    }
}
