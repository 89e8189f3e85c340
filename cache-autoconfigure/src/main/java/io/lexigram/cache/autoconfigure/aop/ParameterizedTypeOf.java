package io.lexigram.cache.autoconfigure.aop;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parameterized type that stands in no source, such as the list of what a flux emits; equal to one that does. */
final class ParameterizedTypeOf implements ParameterizedType {

    private final Class<?> rawType;
    private final List<Type> arguments;

    ParameterizedTypeOf(Class<?> rawType, Type... arguments) {
        this.rawType = rawType;
        this.arguments = List.of(arguments);
    }

    @Override
    public Type[] getActualTypeArguments() {
        return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return rawType;
    }

    @Override
    public @Nullable Type getOwnerType() {
        return rawType.getDeclaringClass();
    }

    /** As the JDK writes its own. */
    @Override
    public String getTypeName() {
        Class<?> owner = rawType.getDeclaringClass();
        String name = owner == null ? rawType.getName() : owner.getTypeName() + "$" + rawType.getSimpleName();
        return name + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterizedType that
                && rawType.equals(that.getRawType())
                && Objects.equals(getOwnerType(), that.getOwnerType())
                && arguments.equals(List.of(that.getActualTypeArguments()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(getOwnerType()) ^ rawType.hashCode();
    }

    @Override
    public String toString() {
        return getTypeName();
    }
}
