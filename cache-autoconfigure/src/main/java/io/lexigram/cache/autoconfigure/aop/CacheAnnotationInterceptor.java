package io.lexigram.cache.autoconfigure.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Carries out the plan of each method it is called around. */
final class CacheAnnotationInterceptor implements MethodInterceptor {

    private final MethodPlans plans;

    CacheAnnotationInterceptor(MethodPlans plans) {
        this.plans = plans;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        if (target == null) {
            return invocation.proceed();
        }
        MethodPlan plan = plans.of(invocation.getMethod(), target.getClass());
        return plan == null ? invocation.proceed() : plan.execute(invocation, target);
    }
}
