/** The annotations at work: an advisor of our own that reads, checks and carries them out around methods of beans. */
@NullMarked
package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.NullMarked;
