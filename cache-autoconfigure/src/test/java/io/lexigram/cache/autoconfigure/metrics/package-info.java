/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
