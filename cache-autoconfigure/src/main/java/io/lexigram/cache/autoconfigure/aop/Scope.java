package io.lexigram.cache.autoconfigure.aop;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variables one expression may use.
 *
 * @param arguments the index of the argument that each name stands for
 * @param hasResult whether the method has returned when the expression is evaluated
 */
record Scope(Map<String, Integer> arguments, boolean hasResult) {

    static final String RESULT = "result";

    boolean isResult(String name) {
        return hasResult && name.equals(RESULT);
    }

    boolean knows(String name) {
        return isResult(name) || arguments.containsKey(name);
    }

    @Nullable
    Object valueOf(String name, Call call) {
        if (isResult(name)) {
            return call.result();
        }
        Integer index = arguments.get(name);
        return index == null ? null : call.argument(index);
    }

    /** The variables as a user writes them. */
    String names() {
        TreeSet<String> names = new TreeSet<>(arguments.keySet());
        names.add("root");
        if (hasResult) {
            names.add(RESULT);
        }
        return names.stream().map(name -> "#" + name).collect(Collectors.joining(", "));
    }
}
