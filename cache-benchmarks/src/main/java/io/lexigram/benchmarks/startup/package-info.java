/** Minimal applications whose start is measured. */
@NullMarked
package io.lexigram.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
