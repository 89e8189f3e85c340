/** Tests of copies before a shared backend. */
@NullMarked
package io.lexigram.cache.backend.tiered;

import org.jspecify.annotations.NullMarked;
