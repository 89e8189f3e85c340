/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.request;

import org.jspecify.annotations.NullMarked;
