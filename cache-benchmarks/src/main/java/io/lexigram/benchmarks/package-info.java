/** What all benchmarks share: the value, the keys and the server. */
@NullMarked
package io.lexigram.benchmarks;

import org.jspecify.annotations.NullMarked;
