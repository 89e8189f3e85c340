/** Records what several processes do to one cache at once, and proves from the record what must never happen. */
@NullMarked
package io.lexigram.cache.history;

import org.jspecify.annotations.NullMarked;
