/** Hits in the memory of this process: ours, those of the peers, and what neither can do without. */
@NullMarked
package io.lexigram.benchmarks.local;

import org.jspecify.annotations.NullMarked;
