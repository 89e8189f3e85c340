/** Says what to write instead when the cache cannot be configured. */
@NullMarked
package io.lexigram.cache.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
