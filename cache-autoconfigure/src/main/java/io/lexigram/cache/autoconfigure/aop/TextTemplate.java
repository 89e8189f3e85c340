package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;

/** Text with <code>#{...}</code> parts: a tag or a pattern. */
final class TextTemplate {

    private final List<Part> parts;

    private TextTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @param quoting what is done to the text of each expression, so that it stands for itself
     * @throws MalformedExpressionException when an expression in it cannot work for any call
     */
    static TextTemplate compile(String text, Scope scope, ExpressionCompiler compiler, UnaryOperator<String> quoting) {
        Expression parsed = compiler.parseTemplate(text);
        Expression[] expressions = parsed instanceof CompositeStringExpression composite
                ? composite.getExpressions()
                : new Expression[] {parsed};
        List<Part> parts = new ArrayList<>();
        for (Expression expression : expressions) {
            if (expression instanceof LiteralExpression literal) {
                parts.add(new Part(literal.getExpressionString(), null));
            } else {
                CallExpression value = compiler.compile(expression, scope);
                parts.add(new Part("", call -> quoting.apply(KeyText.of(value.evaluate(call)))));
            }
        }
        return new TextTemplate(parts);
    }

    /** The text where it is the same for every call, else null. */
    @Nullable
    String constant() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.value != null) {
                return null;
            }
            text.append(part.literal);
        }
        return text.toString();
    }

    /** @throws RuntimeException when an expression in it yields null or cannot be evaluated */
    String textFor(Call call) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.value == null ? part.literal : part.value.evaluate(call));
        }
        return text.toString();
    }

    private record Part(String literal, @Nullable CallExpression value) {}
}
