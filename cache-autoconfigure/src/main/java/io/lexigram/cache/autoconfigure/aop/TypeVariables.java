package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Map;
import org.springframework.core.GenericTypeResolver;

/** Puts in the place of type variables what a class says they are. */
final class TypeVariables {

    private final Map<?, Type> known;

    TypeVariables(Class<?> owner) {
        this.known = GenericTypeResolver.getTypeVariableMap(owner);
    }

    /** The type without variables, but for those of which the class says nothing. */
    Type resolve(Type type) {
        if (!hasVariables(type)) {
            return type;
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(this::resolve)
                    .toArray(Type[]::new);
            return new ParameterizedTypeOf((Class<?>) parameterized.getRawType(), arguments);
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array && resolve(array.getGenericComponentType()) instanceof Class<?> c) {
            return c.arrayType();
        }
        Type value = known.get(type);
        return value == null || value.equals(type) ? type : resolve(value);
    }

    /** Whether the type depends on what only a caller knows. */
    static boolean hasVariables(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(TypeVariables::hasVariables);
        }
        if (type instanceof GenericArrayType array) {
            return hasVariables(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return Arrays.stream(wildcard.getUpperBounds()).anyMatch(TypeVariables::hasVariables);
        }
        return type instanceof TypeVariable;
    }
}
