/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
