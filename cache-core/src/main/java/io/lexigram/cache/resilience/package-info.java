/** Keeps callers from backends that fail or are slow. */
@NullMarked
package io.lexigram.cache.resilience;

import org.jspecify.annotations.NullMarked;
