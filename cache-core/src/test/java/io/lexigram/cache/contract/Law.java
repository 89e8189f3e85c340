package io.lexigram.cache.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.discovery.NestedMethodSelector;

/** One law of the contract, named {@code Nested#method}. */
record Law(Class<?> nested, Method method) {

    /** All laws by name. */
    static Map<String, Law> all() {
        Map<String, Law> laws = new TreeMap<>();
        for (Class<?> nested : BackendContract.class.getDeclaredClasses()) {
            if (AnnotationSupport.isAnnotated(nested, Nested.class)) {
                ReflectionSupport.findMethods(nested, Law::isLaw, HierarchyTraversalMode.TOP_DOWN)
                        .forEach(method ->
                                laws.put(nested.getSimpleName() + "#" + method.getName(), new Law(nested, method)));
            }
        }
        return laws;
    }

    private static boolean isLaw(Method method) {
        return AnnotationSupport.isAnnotated(method, Test.class)
                || AnnotationSupport.isAnnotated(method, ParameterizedTest.class);
    }

    /** Picks this law of a class that extends the contract. */
    NestedMethodSelector in(Class<? extends BackendContract> contract) {
        return selectNestedMethod(List.of(contract), nested, method);
    }
}
