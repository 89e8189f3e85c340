/** The package map of this module as tests. */
@NullMarked
package io.lexigram.cache.autoconfigure.architecture;

import org.jspecify.annotations.NullMarked;
