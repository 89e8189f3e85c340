package io.lexigram.cache;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared type of a cache's values, generics included.
 *
 * <pre>{@code
 * TypeRef<List<Product>> type = new TypeRef<>() {};
 * }</pre>
 *
 * <p>It decides what a stored value is decoded to. {@link #schema()} is stored with each value and compared on each
 * read, so an entry written as another type is a miss, never a wrong object.
 */
public abstract class TypeRef<V> {

    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            char.class, Character.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            void.class, Void.class);

    private static final ClassValue<TypeRef<?>> OF_CLASSES = new ClassValue<>() {
        @Override
        protected TypeRef<?> computeValue(Class<?> type) {
            return new Known<>(type);
        }
    };

    private final Type type;
    private final Class<?> rawType;
    private final String schema;

    /** Captures the type argument of the anonymous subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)) {
            throw new IllegalArgumentException("A TypeRef needs a type argument: write new TypeRef<List<String>>() {}");
        }
        this.type = parent.getActualTypeArguments()[0];
        this.rawType = raw(type);
        this.schema = type.getTypeName();
    }

    private TypeRef(Type type) {
        this.type = type instanceof Class<?> c && c.isPrimitive() ? WRAPPERS.getOrDefault(c, c) : type;
        this.rawType = raw(this.type);
        this.schema = this.type.getTypeName();
    }

    /** The type of a class; a primitive class stands for its wrapper. */
    @SuppressWarnings("unchecked")
    public static <V> TypeRef<V> of(Class<V> type) {
        return (TypeRef<V>) OF_CLASSES.get(type);
    }

    /** A type that reflection found, such as a method's generic return type. */
    public static TypeRef<?> of(Type type) {
        return new Known<>(type);
    }

    public final Type type() {
        return type;
    }

    /** The class a value of this type is an instance of; {@link Object} for a type variable or wildcard without bound. */
    public final Class<?> rawType() {
        return rawType;
    }

    /** The name of the type as it is stored with each value. */
    public final String schema() {
        return schema;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return schema;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType p) {
            return raw(p.getRawType());
        }
        if (type instanceof GenericArrayType a) {
            return raw(a.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> v) {
            return raw(v.getBounds()[0]);
        }
        if (type instanceof WildcardType w) {
            return raw(w.getUpperBounds()[0]);
        }
        throw new IllegalArgumentException("Not a Java type: " + type);
    }

    private static final class Known<V> extends TypeRef<V> {
        Known(Type type) {
            super(type);
        }
    }
}
