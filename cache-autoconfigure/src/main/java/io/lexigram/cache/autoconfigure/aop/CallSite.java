package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

/**
 * A method as it is called on one class of beans.
 *
 * <p>The owner is the user's class; for a bean that is itself a JDK proxy, such as a repository, it is the interface that
 * has the method.
 */
final class CallSite {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    private final Method method;
    private final Class<?> owner;
    private final List<Method> declarations;
    private final @Nullable BatchParameter batch;

    private CallSite(Method method, Class<?> owner, List<Method> declarations) {
        this.method = method;
        this.owner = owner;
        this.declarations = declarations;
        this.batch = BatchParameter.of(method, owner, declarations, this);
    }

    static CallSite of(Method called, Class<?> targetClass) {
        Class<?> owner = ownerOf(called, ClassUtils.getUserClass(targetClass));
        Method specific = AopUtils.getMostSpecificMethod(called, owner);
        Set<Method> declarations = new LinkedHashSet<>(
                Arrays.asList(specific, called, ClassUtils.getInterfaceMethodIfPossible(specific, owner)));
        return new CallSite(specific, owner, List.copyOf(declarations));
    }

    private static Class<?> ownerOf(Method called, Class<?> userClass) {
        if (Proxy.isProxyClass(userClass)) {
            for (Class<?> candidate : userClass.getInterfaces()) {
                if (called.getDeclaringClass().isAssignableFrom(candidate)) {
                    return candidate;
                }
            }
        }
        return userClass;
    }

    /** The method of the owner. */
    Method method() {
        return method;
    }

    Class<?> owner() {
        return owner;
    }

    /** The methods whose annotations and whose supermethods' annotations count, the first that has any goes before. */
    List<Method> declarations() {
        return declarations;
    }

    /** The parameter with the keys, where the method answers for many at once. */
    @Nullable
    BatchParameter batch() {
        return batch;
    }

    /** The names an expression can use for the arguments, when its annotation stands on the given declaration. */
    Map<String, Integer> variables(@Nullable Object declaration) {
        Map<String, Integer> variables = new HashMap<>();
        name(variables, NAMES.getParameterNames(method));
        if (declaration instanceof Method declared) {
            name(variables, NAMES.getParameterNames(declared));
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            variables.put("p" + i, i);
            variables.put("a" + i, i);
        }
        if (batch != null) {
            variables.values().removeIf(index -> index == batch.index());
            Integer hidden = variables.put(BatchParameter.VARIABLE, batch.index());
            if (hidden != null) {
                throw new InvalidCacheAnnotationException(
                        "parameter",
                        "@CacheKeys on " + this,
                        BatchParameter.VARIABLE,
                        "#key is one element of the collection, so no other parameter can have that name. Rename it.");
            }
        }
        return Map.copyOf(variables);
    }

    private static void name(Map<String, Integer> variables, @Nullable String @Nullable [] names) {
        for (int i = 0; names != null && i < names.length; i++) {
            if (names[i] != null) {
                variables.put(names[i], i);
            }
        }
    }

    @Override
    public String toString() {
        return owner.getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
