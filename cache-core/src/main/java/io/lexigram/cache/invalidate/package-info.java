/** What an invalidation hits: groups of entries, and when each was last invalidated. */
@NullMarked
package io.lexigram.cache.invalidate;

import org.jspecify.annotations.NullMarked;
