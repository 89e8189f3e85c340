package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.annotation.CacheKeys;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameter of a method that is marked with {@link CacheKeys}.
 *
 * @param index its place among the parameters
 * @param kind its class: List, Set or Collection
 * @param element the type of its elements
 */
record BatchParameter(int index, Class<?> kind, Type element) {

    /** What expressions call one element. */
    static final String VARIABLE = "key";

    private static final Set<Class<?>> KINDS = Set.of(List.class, Set.class, Collection.class);

    /** The marked parameter of a method or of what it overrides; null where there is none. */
    static @Nullable BatchParameter of(Method method, Class<?> owner, List<Method> declarations, Object site) {
        Set<Integer> marked = new TreeSet<>();
        for (Method declaration : declarations) {
            Parameter[] parameters = declaration.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i].isAnnotationPresent(CacheKeys.class)) {
                    marked.add(i);
                }
            }
        }
        if (marked.isEmpty()) {
            return null;
        }
        if (marked.size() > 1) {
            throw refused(site, marked, "only one parameter can be the keys. Put the others into the key.");
        }
        int index = marked.iterator().next();
        Type type = new TypeVariables(owner).resolve(method.getGenericParameterTypes()[index]);
        Class<?> kind = method.getParameterTypes()[index];
        if (!KINDS.contains(kind) || !(type instanceof ParameterizedType parameterized)) {
            throw refused(
                    site,
                    type.getTypeName(),
                    "that is no collection of keys. Declare a List, a Set or a"
                            + " Collection with the type of its elements.");
        }
        return new BatchParameter(index, kind, bound(parameterized.getActualTypeArguments()[0]));
    }

    private static InvalidCacheAnnotationException refused(Object site, Object value, String message) {
        return new InvalidCacheAnnotationException("parameter", "@CacheKeys on " + site, value, message);
    }

    /**
     * The type of the values in the map that the method answers with.
     *
     * @throws InvalidCacheAnnotationException when it does not answer with a map from elements to values
     */
    TypeRef<?> valueType(DeclaredOperation declared, ReturnShape shape) {
        Type map = shape.type().type();
        if (shape.type().rawType() != java.util.Map.class
                || shape.wrapping() == Wrapping.OPTIONAL
                || !(map instanceof ParameterizedType parameterized)) {
            throw declared.refused(
                    "return type",
                    declared.site().method().getGenericReturnType().getTypeName(),
                    "a method with @CacheKeys answers with a map from each key to its value. Return Map<"
                            + element.getTypeName() + ", ...>.");
        }
        Type key = bound(parameterized.getActualTypeArguments()[0]);
        Type value = bound(parameterized.getActualTypeArguments()[1]);
        if (!key.equals(element)) {
            throw declared.refused(
                    "return type",
                    map.getTypeName(),
                    "the keys of the map are not of the type of the elements of @CacheKeys, " + element.getTypeName()
                            + ". Declare the same type for both.");
        }
        String unreadable = ReturnShape.ofEach(value).whyUnusable();
        if (unreadable != null) {
            throw declared.refused("return type", map.getTypeName(), unreadable + ".");
        }
        return TypeRef.of(value);
    }

    private static Type bound(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    /** Elements as the method declares them. */
    Collection<@Nullable Object> collectionOf(Collection<? extends @Nullable Object> elements) {
        return kind == Set.class ? new LinkedHashSet<>(elements) : new ArrayList<>(elements);
    }
}
