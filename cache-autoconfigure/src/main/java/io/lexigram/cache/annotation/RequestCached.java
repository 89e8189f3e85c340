package io.lexigram.cache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method once per request and key, and answers its further calls in that request with the same result.
 *
 * <p>Results are kept as they are, in the memory of the request, and go with it; null is a result, a failure is not. Outside a
 * request the method simply runs. On one method with {@link Cached} the request is asked first.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(RequestCached.List.class)
public @interface RequestCached {

    /** The key among the calls of the same method, as in {@link Cached#key}. */
    String key() default "";

    /** Holds several. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface List {

        RequestCached[] value();
    }
}
