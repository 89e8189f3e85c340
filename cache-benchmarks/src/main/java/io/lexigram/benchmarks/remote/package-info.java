/** Operations on one Redis: ours, those of the peers, and the bare driver. */
@NullMarked
package io.lexigram.benchmarks.remote;

import org.jspecify.annotations.NullMarked;
