package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Turns the text of an expression into what evaluates it: plain accessors where they suffice, else SpEL. */
final class ExpressionCompiler {

    private final SpelExpressionParser parser = new SpelExpressionParser();
    private final BeanFactory beans;
    private final SpelEnvironment environment;

    ExpressionCompiler(BeanFactory beans, ClassLoader classLoader) {
        this.beans = beans;
        this.environment = new SpelEnvironment(beans, classLoader);
    }

    /**
     * Compiles one expression.
     *
     * @throws MalformedExpressionException when it cannot work for any call
     */
    CallExpression compile(String text, Scope scope) {
        return compile(parse(text, null), scope);
    }

    /** Parses text with <code>#{...}</code> parts. */
    Expression parseTemplate(String text) {
        return parse(text, ParserContext.TEMPLATE_EXPRESSION);
    }

    private Expression parse(String text, @Nullable ParserContext template) {
        try {
            return template == null ? parser.parseExpression(text) : parser.parseExpression(text, template);
        } catch (ExpressionException | IllegalStateException | IllegalArgumentException e) {
            String reason = e instanceof ExpressionException x ? x.getSimpleMessage() : e.getMessage();
            throw new MalformedExpressionException("it is no valid expression (" + reason + ")", e);
        }
    }

    CallExpression compile(Expression parsed, Scope scope) {
        SpelCallExpression spel = new SpelCallExpression(parsed, scope, environment);
        if (!(parsed instanceof SpelExpression expression)) {
            return spel;
        }
        SpelNode root = expression.getAST();
        String mistake = new ExpressionCheck(scope, beans).mistakeIn(root);
        if (mistake != null) {
            throw new MalformedExpressionException(mistake, null);
        }
        CallExpression plain = plain(root, scope, spel);
        return plain == null ? spel : plain;
    }

    private static @Nullable CallExpression plain(SpelNode node, Scope scope, SpelCallExpression spel) {
        if (node instanceof Literal literal) {
            Object value = literal.getLiteralValue().getValue();
            return call -> value;
        }
        if (node instanceof VariableReference variable) {
            return variable(ExpressionCheck.nameOf(variable), scope);
        }
        if (!(node instanceof CompoundExpression) || !(node.getChild(0) instanceof VariableReference head)) {
            return null;
        }
        CallExpression argument = variable(ExpressionCheck.nameOf(head), scope);
        List<PropertyStep> steps = new ArrayList<>();
        for (int i = 1; i < node.getChildCount(); i++) {
            if (!(node.getChild(i) instanceof PropertyOrFieldReference property) || property.isNullSafe()) {
                return null;
            }
            steps.add(new PropertyStep(property.getName()));
        }
        return argument == null ? null : new PropertyPath(argument, steps, spel);
    }

    private static @Nullable CallExpression variable(String name, Scope scope) {
        if (scope.isResult(name)) {
            return Call::result;
        }
        Integer index = scope.arguments().get(name);
        if (index == null) {
            return null;
        }
        return new ArgumentExpression(index);
    }
}
