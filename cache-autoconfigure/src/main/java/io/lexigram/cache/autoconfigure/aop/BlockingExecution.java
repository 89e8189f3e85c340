package io.lexigram.cache.autoconfigure.aop;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** For methods that return when they are done. */
final class BlockingExecution implements Execution {

    @Override
    public @Nullable Object execute(MethodPlan plan, Call call, MethodInvocation invocation) throws Throwable {
        CacheTransaction transaction = plan.transaction();
        for (InvalidateOperation operation : plan.before()) {
            write(operation.writeFor(call), transaction);
        }
        Object value;
        try {
            value = new BlockingCall(plan, call, invocation, transaction).answer();
        } catch (FailedResult failure) {
            return failure.returned();
        }
        if (plan.after().length > 0) {
            Call returned = call.returned(value);
            for (InvalidateOperation operation : plan.after()) {
                write(operation.writeFor(returned), transaction);
            }
        }
        return plan.shape().wrapping().wrap(value);
    }

    static void write(@Nullable CacheWrite write, @Nullable CacheTransaction transaction) {
        if (write == null) {
            return;
        }
        if (transaction == null) {
            write.run();
        } else {
            write.runAfterCommit(transaction);
        }
    }
}
