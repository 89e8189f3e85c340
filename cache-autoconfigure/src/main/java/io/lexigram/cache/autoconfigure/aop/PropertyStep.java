package io.lexigram.cache.autoconfigure.aop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.spel.support.ReflectivePropertyAccessor;

/** Reads one property by the getter that SpEL would take, through a method handle kept per class. */
final class PropertyStep {

    private static final Getters GETTERS = new Getters();

    private final String property;
    private final ConcurrentMap<Class<?>, Reader> readers = new ConcurrentHashMap<>();
    private volatile @Nullable Reader last;

    PropertyStep(String property) {
        this.property = property;
    }

    /** The reader for objects of this class. */
    Reader readerFor(Class<?> type) {
        Reader recent = last;
        if (recent != null && recent.type == type) {
            return recent;
        }
        Reader reader = readers.computeIfAbsent(type, this::find);
        last = reader;
        return reader;
    }

    private Reader find(Class<?> type) {
        Method getter = GETTERS.find(property, type);
        if (getter == null || Modifier.isStatic(getter.getModifiers())) {
            return new Reader(type, null);
        }
        try {
            getter.trySetAccessible();
            MethodHandle handle = MethodHandles.lookup().unreflect(getter);
            return new Reader(type, handle.asType(MethodType.methodType(Object.class, Object.class)));
        } catch (IllegalAccessException | RuntimeException e) {
            return new Reader(type, null);
        }
    }

    /**
     * @param getter null where only SpEL can read the property, or nobody can
     */
    record Reader(Class<?> type, @Nullable MethodHandle getter) {}

    /** SpEL's own rule for the getter of a property. */
    private static final class Getters extends ReflectivePropertyAccessor {

        @Nullable
        Method find(String property, Class<?> type) {
            return findGetterForProperty(property, type, false);
        }
    }
}
