/** The annotations that put a cache around a method. They know nothing of Spring. */
@NullMarked
package io.lexigram.cache.annotation;

import org.jspecify.annotations.NullMarked;
