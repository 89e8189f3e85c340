/** How a missing value is loaded once, and stored only if nothing invalidated it meanwhile. */
@NullMarked
package io.lexigram.cache.load;

import org.jspecify.annotations.NullMarked;
