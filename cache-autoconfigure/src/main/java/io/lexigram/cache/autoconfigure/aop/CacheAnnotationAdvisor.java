package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Puts the interceptor around every method that has an annotation of ours. */
final class CacheAnnotationAdvisor extends AbstractPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    private final transient Pointcut pointcut;
    private final transient Advice advice;

    CacheAnnotationAdvisor(MethodPlans plans, int order) {
        this.pointcut = new AnnotatedMethods(plans);
        this.advice = new CacheAnnotationInterceptor(plans);
        setOrder(order);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return advice;
    }

    private static final class AnnotatedMethods extends StaticMethodMatcherPointcut {

        private final MethodPlans plans;

        AnnotatedMethods(MethodPlans plans) {
            this.plans = plans;
            setClassFilter((ClassFilter) AnnotationSearch::isCandidate);
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return plans.anyIn(targetClass) && plans.of(method, targetClass) != null;
        }
    }
}
