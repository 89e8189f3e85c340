/** Tests of the package. */
@NullMarked
package io.lexigram.cache.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
