/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.backend;

import org.jspecify.annotations.NullMarked;
