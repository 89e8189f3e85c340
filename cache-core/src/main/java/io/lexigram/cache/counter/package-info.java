/** Named counters and sequences over raw counters that are added to in one step. */
@NullMarked
package io.lexigram.cache.counter;

import org.jspecify.annotations.NullMarked;
