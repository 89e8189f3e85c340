/** The package map as tests; the rules serve the other modules too. */
@NullMarked
package io.lexigram.cache.architecture;

import org.jspecify.annotations.NullMarked;
