/** What the author of a backend, a codec or another replaceable part implements. */
@NullMarked
package io.lexigram.cache.spi;

import org.jspecify.annotations.NullMarked;
