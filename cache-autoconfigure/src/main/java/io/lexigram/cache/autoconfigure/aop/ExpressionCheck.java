package io.lexigram.cache.autoconfigure.aop;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;

/** Finds in a parsed expression what could not work for any call: SpEL itself would tell only when it is called. */
final class ExpressionCheck {

    private static final Set<String> ROOT_PROPERTIES = Set.of("method", "methodName", "target", "targetClass", "args");
    private static final String ROOT_HELP = "#root has method, methodName, target, targetClass and args";

    private final Scope scope;
    private final BeanFactory beans;

    ExpressionCheck(Scope scope, BeanFactory beans) {
        this.scope = scope;
        this.beans = beans;
    }

    /** A sentence on the first mistake; null where none is seen. */
    @Nullable
    String mistakeIn(SpelNode expression) {
        return mistakeIn(expression, true, true);
    }

    static String nameOf(VariableReference variable) {
        return variable.toStringAST().substring(1);
    }

    /**
     * @param onRoot whether a bare name is a property of the root object
     * @param rootAround whether it is one in the arguments of a method
     */
    private @Nullable String mistakeIn(SpelNode node, boolean onRoot, boolean rootAround) {
        String mistake = ownMistake(node, onRoot);
        for (int i = 0; mistake == null && i < node.getChildCount(); i++) {
            SpelNode child = node.getChild(i);
            if (isLiteralName(node, i)) {
                continue;
            }
            if (node instanceof Projection || node instanceof Selection) {
                mistake = mistakeIn(child, false, false);
            } else if (isCall(node)) {
                mistake = mistakeIn(child, rootAround, rootAround);
            } else if (node instanceof CompoundExpression && i > 0) {
                mistake = isRoot(node.getChild(0)) && i == 1 ? rootMistake(child) : null;
                mistake = mistake == null ? mistakeIn(child, false, rootAround) : mistake;
            } else {
                mistake = mistakeIn(child, onRoot, rootAround);
            }
        }
        return mistake;
    }

    private @Nullable String ownMistake(SpelNode node, boolean onRoot) {
        if (node instanceof VariableReference variable) {
            return variableMistake(nameOf(variable));
        }
        if (node instanceof FunctionReference) {
            return node.toStringAST() + " calls a function, and there are none; call a bean: @name.method(...)";
        }
        if (node instanceof BeanReference bean && !beans.containsBean(bean.getName())) {
            return "there is no bean named '" + bean.getName() + "'";
        }
        if (node instanceof Assign || node instanceof OpInc || node instanceof OpDec) {
            return "an expression must not assign anything";
        }
        if (!onRoot) {
            return null;
        }
        if (node instanceof PropertyOrFieldReference property && !ROOT_PROPERTIES.contains(property.getName())) {
            String name = property.getName();
            return scope.knows(name)
                    ? "'" + name + "' alone is no variable; write #" + name
                    : "'" + name + "' is nothing known; write a text as ''" + name + "'', and variables as "
                            + scope.names();
        }
        if (node instanceof MethodReference method) {
            return "nothing is named on which to call " + method.getName() + "; write #root.target." + method.getName()
                    + "(...) or @bean." + method.getName() + "(...)";
        }
        return null;
    }

    private @Nullable String variableMistake(String name) {
        if (scope.knows(name) || name.equals("root") || name.equals("this")) {
            return null;
        }
        if (name.equals(Scope.RESULT)) {
            return "#result is not known before the method has run; known are " + scope.names();
        }
        return "there is no variable #" + name + "; known are " + scope.names()
                + " (names of parameters need classes compiled with -parameters)";
    }

    private static @Nullable String rootMistake(SpelNode property) {
        return property instanceof PropertyOrFieldReference p && !ROOT_PROPERTIES.contains(p.getName())
                ? "there is no #root." + p.getName() + "; " + ROOT_HELP
                : null;
    }

    private static boolean isRoot(SpelNode node) {
        return node instanceof VariableReference variable && nameOf(variable).equals("root");
    }

    private static boolean isCall(SpelNode node) {
        return node instanceof MethodReference
                || node instanceof ConstructorReference
                || node instanceof FunctionReference
                || node instanceof Indexer;
    }

    /** {@code map[name]} and <code>{name: value}</code> take the name as a text. */
    private static boolean isLiteralName(SpelNode node, int child) {
        return node.getChild(child) instanceof PropertyOrFieldReference
                && (node instanceof Indexer || node instanceof InlineMap && child % 2 == 0);
    }
}
