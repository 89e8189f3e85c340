/** Keys and values as bytes: physical keys, the versioned envelope, and the codecs that need no library. */
@NullMarked
package io.lexigram.cache.codec;

import org.jspecify.annotations.NullMarked;
