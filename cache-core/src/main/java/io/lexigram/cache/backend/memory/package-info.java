/** Entries in the heap of this process, held by Caffeine. */
@NullMarked
package io.lexigram.cache.backend.memory;

import org.jspecify.annotations.NullMarked;
