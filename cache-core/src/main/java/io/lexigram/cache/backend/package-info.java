/** Adapts a backend that stores bytes to the engine: keys, envelopes, deadlines, scans. */
@NullMarked
package io.lexigram.cache.backend;

import org.jspecify.annotations.NullMarked;
