package io.lexigram.cache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Removes entries of a cache when a method has succeeded. Only the name of the cache is needed, whoever fills it.
 *
 * <pre>{@code
 * @CacheInvalidate(cache = "products", key = "#id")
 * @CacheInvalidate(cache = "categories", tags = "category:#{#result.category}")
 * Product rename(long id, String name) { ... }
 * }</pre>
 *
 * <p>At least one of {@link #key}, {@link #pattern}, {@link #tags}, {@link #allEntries} and {@link #keyGenerator} is needed,
 * and at most one of them beside {@link #tags}; anything else fails the start-up. Inside a transaction entries are removed
 * after the commit, and not at all after a rollback; until then what the transaction itself reads of them bypasses the cache.
 *
 * <p>Everything else is as with {@link Cached}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(CacheInvalidate.List.class)
public @interface CacheInvalidate {

    /** The name of the cache. */
    String cache() default "";

    /** The key of the entry, as in {@link Cached#key}; may use {@code #result} unless {@link #beforeInvocation}. */
    String key() default "";

    /**
     * A glob over the keys of the cache, with expressions in <code>#{...}</code>: {@code *} any characters, {@code ?} one
     * character, {@code [a-c]} one of a set, {@code \} takes the next character literally. What an expression yields is
     * always taken literally.
     */
    String pattern() default "";

    /** Tags: entries of this cache that carry any of them go. Text, with expressions in <code>#{...}</code>. */
    String[] tags() default {};

    /** Whether every entry of the cache goes. */
    boolean allEntries() default false;

    /** Whether entries go before the method runs, and even if it fails. */
    boolean beforeInvocation() default false;

    /** An expression; where it is false nothing is removed. May use {@code #result} unless {@link #beforeInvocation}. */
    String condition() default "";

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

        CacheInvalidate[] value();
    }
}
