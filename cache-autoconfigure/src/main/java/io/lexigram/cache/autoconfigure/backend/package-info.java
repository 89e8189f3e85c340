/** Makes the backends that come with the library out of {@code lexigram.cache.backends.*}. */
@NullMarked
package io.lexigram.cache.autoconfigure.backend;

import org.jspecify.annotations.NullMarked;
