package io.lexigram.cache.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of which some methods, overloads included, do something else than they should. */
final class Twisted<T> {

    /** What a method does instead. */
    interface Twist {

        @Nullable
        Object answer(Call call) throws Throwable;
    }

    /** One call, and what it should have done. */
    record Call(Object target, Method method, List<@Nullable Object> args) {

        @Nullable
        Object proceed() throws Throwable {
            return proceedWith(args.toArray());
        }

        @Nullable
        Object proceedWith(@Nullable Object... others) throws Throwable {
            try {
                return method.invoke(target, others);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        <A> A arg(int index) {
            return (A) args.get(index);
        }

        /** Whether there is an argument of this type at this place. */
        boolean has(int index, Class<?> type) {
            return args.size() > index && type.isInstance(args.get(index));
        }
    }

    private final Class<T> type;
    private final T target;
    private final Map<String, Twist> twists = new HashMap<>();

    private Twisted(Class<T> type, T target) {
        this.type = type;
        this.target = target;
    }

    static <T> Twisted<T> of(Class<T> type, T target) {
        return new Twisted<>(type, target);
    }

    /** Changes the methods of this name; refuses a name that no method has. */
    Twisted<T> with(String method, Twist twist) {
        if (interfaces().stream().flatMap(i -> List.of(i.getMethods()).stream()).noneMatch(m -> m.getName()
                .equals(method))) {
            throw new IllegalArgumentException(type + " has no method " + method);
        }
        twists.put(method, twist);
        return this;
    }

    T build() {
        return seenAs(interfaces());
    }

    /** Builds an object that implements these interfaces of the target, and not the others. */
    T seenAs(Set<Class<?>> interfaces) {
        return type.cast(Proxy.newProxyInstance(
                Twisted.class.getClassLoader(), interfaces.toArray(Class[]::new), (proxy, method, args) -> {
                    Call call = new Call(target, method, args == null ? List.of() : Arrays.asList(args));
                    Twist twist = twists.get(method.getName());
                    return twist == null ? call.proceed() : twist.answer(call);
                }));
    }

    private Set<Class<?>> interfaces() {
        Set<Class<?>> all = new LinkedHashSet<>(Set.of(type));
        for (Class<?> c = target.getClass(); c != null; c = c.getSuperclass()) {
            for (Class<?> i : c.getInterfaces()) {
                if (Modifier.isPublic(i.getModifiers())) {
                    all.add(i);
                }
            }
        }
        return all;
    }
}
