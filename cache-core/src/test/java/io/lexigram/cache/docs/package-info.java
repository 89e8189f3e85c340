/** Compiles and runs what the documentation shows. */
@NullMarked
package io.lexigram.cache.docs;

import org.jspecify.annotations.NullMarked;
