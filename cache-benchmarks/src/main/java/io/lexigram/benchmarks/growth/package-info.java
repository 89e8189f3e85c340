/** Caches that hold more and more. */
@NullMarked
package io.lexigram.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
