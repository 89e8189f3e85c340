/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
