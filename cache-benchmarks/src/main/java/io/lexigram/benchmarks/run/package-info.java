/** Runs the benchmarks in rounds, and has the report written. */
@NullMarked
package io.lexigram.benchmarks.run;

import org.jspecify.annotations.NullMarked;
