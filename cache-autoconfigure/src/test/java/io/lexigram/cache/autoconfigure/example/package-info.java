/** A backend as a third party would write it. */
@NullMarked
package io.lexigram.cache.autoconfigure.example;

import org.jspecify.annotations.NullMarked;
