package io.lexigram.cache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches what a method returned: write-through. The method always runs.
 *
 * <pre>{@code
 * @CacheUpdate(cache = "products", key = "#product.id")
 * Product save(Product product) { ... }
 * }</pre>
 *
 * <p>A failure changes nothing. A method that returns nothing has nothing to cache: the entry is invalidated instead. Inside a
 * transaction the value is stored after the commit, and only if nobody has invalidated or written the key since the method
 * returned; otherwise the key is invalidated. Together with {@link Cached} on one method, it acts when the method has run.
 *
 * <p>Everything else is as with {@link Cached}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(CacheUpdate.List.class)
public @interface CacheUpdate {

    /** The name of the cache. */
    String cache() default "";

    /** The key, as in {@link Cached#key}; may use {@code #result}. */
    String key() default "";

    /** How long the entry lives, as in {@link Cached#ttl}. */
    String ttl() default "";

    /** The tags of the entry, as in {@link Cached#tags}. */
    String[] tags() default {};

    /** An expression, evaluated after the method, that may use {@code #result}; where it is false nothing is cached. */
    String condition() default "";

    /** An expression, evaluated after the method, that may use {@code #result}; where it is true nothing is cached. */
    String unless() default "";

    /** The name of the backend, instead of the one the cache is configured with. */
    String backend() default "";

    /** The name of the {@code KeyGenerator} bean that makes the key; not together with {@link #key}. */
    String keyGenerator() default "";

    /** Holds several. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface List {

        CacheUpdate[] value();
    }
}
