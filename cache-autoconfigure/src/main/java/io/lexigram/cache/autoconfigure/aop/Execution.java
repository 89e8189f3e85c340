package io.lexigram.cache.autoconfigure.aop;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Carries out the annotations of a method around one of its calls, in the way its return type asks for. */
@FunctionalInterface
interface Execution {

    @Nullable
    Object execute(MethodPlan plan, Call call, MethodInvocation invocation) throws Throwable;
}
