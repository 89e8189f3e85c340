package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.TypeRef;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * How a method hands over its value.
 *
 * @param wrapping what is around the value
 * @param type the declared type of the value; of a flux, the list of what it emits
 */
record ReturnShape(Kind kind, Wrapping wrapping, TypeRef<?> type) {

    enum Kind {
        VALUE,
        STAGE,
        MONO,
        FLUX
    }

    private static final String MONO_CLASS = "reactor.core.publisher.Mono";
    private static final String FLUX_CLASS = "reactor.core.publisher.Flux";
    private static final String PUBLISHER_CLASS = "org.reactivestreams.Publisher";
    private static final List<Class<?>> READ_ONCE =
            List.of(BaseStream.class, Iterator.class, Enumeration.class, InputStream.class, Reader.class);

    static ReturnShape of(CallSite site) {
        Type returned = new TypeVariables(site.owner()).resolve(site.method().getGenericReturnType());
        Class<?> outer = TypeRef.of(returned).rawType();
        if (outer == CompletionStage.class || outer == CompletableFuture.class) {
            return of(Kind.STAGE, argument(returned));
        }
        if (outer.getName().equals(MONO_CLASS)) {
            return of(Kind.MONO, argument(returned));
        }
        if (outer.getName().equals(FLUX_CLASS)) {
            Type all = new ParameterizedTypeOf(List.class, argument(returned));
            return new ReturnShape(Kind.FLUX, Wrapping.NONE, TypeRef.of(all));
        }
        return of(Kind.VALUE, returned);
    }

    /** That of one of many values which a method returns at once. */
    static ReturnShape ofEach(Type type) {
        return of(Kind.VALUE, type);
    }

    private static ReturnShape of(Kind kind, Type type) {
        Wrapping wrapping = Wrapping.of(TypeRef.of(type).rawType());
        return new ReturnShape(kind, wrapping, TypeRef.of(wrapping == Wrapping.NONE ? type : argument(type)));
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    /** Whether the method returns no value at all. */
    boolean isNothing() {
        return type.rawType() == Void.class;
    }

    /** Why the end of such a call cannot be seen; null where it can. */
    @Nullable
    String whyUnobservable() {
        Class<?> rawType = type.rawType();
        boolean other = kind == Kind.VALUE
                && (Future.class.isAssignableFrom(rawType)
                        || CompletionStage.class.isAssignableFrom(rawType)
                        || Flow.Publisher.class.isAssignableFrom(rawType)
                        || isPublisher(rawType));
        return other ? "when it ends cannot be seen. Declare CompletionStage, CompletableFuture, Mono or Flux" : null;
    }

    /** Why such a value cannot be given out twice; null where it can. */
    @Nullable
    String whyUnusableTwice() {
        if (isNothing()) {
            return "there is nothing to cache. Return a value, or use @CacheInvalidate";
        }
        for (Class<?> readOnce : READ_ONCE) {
            if (readOnce.isAssignableFrom(type.rawType())) {
                return "it can be used only once. Return a List or another value";
            }
        }
        return null;
    }

    /** Why a stored value could not be read back; null where it can. */
    @Nullable
    String whyUnreadable() {
        return TypeVariables.hasVariables(type.type())
                ? "only the caller knows what that is, so it could not be read back. Declare a type without type variables"
                : null;
    }

    /** Why such a value cannot be one of many in a cache; null where it can. */
    @Nullable
    String whyUnusable() {
        if (wrapping != Wrapping.NONE) {
            return "the values of the map are cached as they are. Leave out the wrapping of each value";
        }
        String why = whyUnobservable() == null ? whyUnusableTwice() : whyUnobservable();
        return why == null ? whyUnreadable() : why;
    }

    private static boolean isPublisher(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return false;
        }
        if (type.getName().equals(PUBLISHER_CLASS) || isPublisher(type.getSuperclass())) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isPublisher(parent)) {
                return true;
            }
        }
        return false;
    }
}
