/** Registers the cache's counters as meters. */
@NullMarked
package io.lexigram.cache.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
