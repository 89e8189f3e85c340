/** Measures on a real server what the documentation says of costs; no part of the build's tests. */
@NullMarked
package io.lexigram.cache.measure;

import org.jspecify.annotations.NullMarked;
