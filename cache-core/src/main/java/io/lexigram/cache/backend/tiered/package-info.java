/** Keeps copies of the entries of a shared backend in the memory of this process, and drops them when they are invalidated anywhere. */
@NullMarked
package io.lexigram.cache.backend.tiered;

import org.jspecify.annotations.NullMarked;
