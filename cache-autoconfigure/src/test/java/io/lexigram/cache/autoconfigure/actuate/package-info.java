/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
