package io.lexigram.cache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the collection of keys of a {@link Cached} method that answers with a map from each of them to its value. What the
 * cache holds is read at once, and the method runs once, with those elements that are missing.
 *
 * <pre>{@code
 * @Cached(cache = "products", key = "#id")
 * Product find(long id) { ... }
 *
 * @Cached(cache = "products")
 * Map<Long, Product> findAll(@CacheKeys List<Long> ids) { ... }
 * }</pre>
 *
 * <p>Each element has an entry of its own. Its key is the element, as if a method of one parameter named it: the two methods
 * above share their entries. In the expressions of the annotation {@code #key} is the one element, {@code #result} its value,
 * and the name of the collection is not known; {@code condition} and {@code unless} are asked for each element. A method with
 * further parameters must say the key, for example {@code key = "#key + ':' + #currency"}. Tags that need an expression cost a
 * write for each entry, constant ones a write for all.
 *
 * <p>The parameter is a {@code List}, a {@code Set} or a {@code Collection}, and the method gets one of the same kind, in the
 * order of the request and without duplicates; it is not called where nothing is missing. The answer is in the order of the
 * request. An element that the method leaves out of its map stays absent and is not cached; one that it maps to null is
 * cached as null, where the cache holds nulls. A failure of the method stores nothing and reaches the caller, also where some
 * elements were cached.
 *
 * <p>The map may be wrapped in a {@code Result}, and come as a value, a {@code CompletionStage} or a {@code Mono}. Concurrent
 * callers do not wait for each other's batches. A batch has one {@code @Cached} and no other annotation of this package.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CacheKeys {}
