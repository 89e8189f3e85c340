/** What takes several processes, or a new one. */
@NullMarked
package io.lexigram.benchmarks.process;

import org.jspecify.annotations.NullMarked;
