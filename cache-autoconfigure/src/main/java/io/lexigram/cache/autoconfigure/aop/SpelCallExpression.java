package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;

/** An expression that needs SpEL. */
record SpelCallExpression(Expression expression, Scope scope, SpelEnvironment environment) implements CallExpression {

    @Override
    public @Nullable Object evaluate(Call call) {
        return expression.getValue(new CallEvaluationContext(environment.shared(), scope, call));
    }

    String text() {
        return expression.getExpressionString();
    }
}
