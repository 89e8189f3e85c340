package io.lexigram.cache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Answers calls of a method from a cache, and runs the method only where there is no entry.
 *
 * <pre>{@code
 * @Cached(cache = "products", key = "#id", ttl = "10m", tags = "category:#{#result.category}", unless = "#result == null")
 * Product find(long id) { ... }
 * }</pre>
 *
 * <p>Concurrent callers of one key share one run. Null is cached as a value; an exception, a failed future, an error signal
 * and a {@code Result.Failure} are not. The method may return a value, an {@code Optional} (its content is cached), a {@code
 * CompletionStage} or {@code CompletableFuture}, a {@code Mono} or a {@code Flux} (collected, up to a limit; a longer one
 * passes through uncached).
 *
 * <p>Several of them on one method are asked in their order: the first hit answers, and a run fills all. Inside a read-write
 * transaction a run joins no other, and fills after the commit only.
 *
 * <p>On a class it caches nothing: it gives {@link #cache}, {@link #ttl}, {@link #tags}, {@link #backend} and {@link
 * #keyGenerator} to the annotations of the methods that leave them out. On an interface or a superclass it counts for the
 * methods that implement or override, unless they carry one of their own.
 *
 * <p>Expressions are SpEL over one call: {@code #name} of a parameter, {@code #p0} or {@code #a0}, {@code #result},
 * {@code #root.method}, {@code #root.methodName}, {@code #root.target}, {@code #root.targetClass}, {@code #root.args}, and
 * {@code @bean}. A malformed one, or one that names an unknown variable, fails the start-up. One that cannot be evaluated
 * for a call makes that call uncached, with one warning for the method.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Cached.List.class)
public @interface Cached {

    /** The name of the cache. */
    String cache() default "";

    /**
     * The key, as an expression. A text is the key; numbers, booleans, enums, UUIDs and dates are their text; of anything
     * else (a record, a collection) the key is a hash that differs where the values differ. Where it is empty the key is
     * made of the method and all its arguments.
     */
    String key() default "";

    /**
     * How long an entry lives, such as {@code 10m}, {@code PT10M} or {@code ${products.ttl}}; the cache's own lifetime where
     * it is empty. It must have a unit and be positive.
     */
    String ttl() default "";

    /**
     * The tags of the entry beside those of the cache: text, with expressions in <code>#{...}</code> that may use {@code
     * #result}. They are those of this cache only.
     */
    String[] tags() default {};

    /** An expression, evaluated before the method; where it is false the call does not touch the cache. */
    String condition() default "";

    /** An expression that may use {@code #result}; where it is true the result is returned and not cached. */
    String unless() default "";

    /** The name of the backend, instead of the one the cache is configured with. */
    String backend() default "";

    /** The name of the {@code KeyGenerator} bean that makes the key; not together with {@link #key}. */
    String keyGenerator() default "";

    /** Whether concurrent callers of one key wait for one run; otherwise each runs the method. */
    boolean protect() default true;

    /** Holds several. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface List {

        Cached[] value();
    }
}
