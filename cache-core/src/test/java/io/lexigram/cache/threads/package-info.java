/** What calls hold of the thread they wait on: no monitor, which would pin a virtual thread to its carrier. */
@NullMarked
package io.lexigram.cache.threads;

import org.jspecify.annotations.NullMarked;
