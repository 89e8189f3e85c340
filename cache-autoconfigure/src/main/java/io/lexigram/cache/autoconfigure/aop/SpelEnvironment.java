package io.lexigram.cache.autoconfigure.aop;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.expression.spel.support.StandardTypeLocator;

/** What all evaluations share: accessors with their caches, converters, and the beans. */
final class SpelEnvironment {

    private final EvaluationContext shared;

    SpelEnvironment(BeanFactory beans, ClassLoader classLoader) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        context.setBeanResolver(new BeanFactoryResolver(beans));
        context.setTypeLocator(new StandardTypeLocator(classLoader));
        context.getPropertyAccessors();
        context.getMethodResolvers();
        context.getConstructorResolvers();
        this.shared = context;
    }

    EvaluationContext shared() {
        return shared;
    }
}
