/** What a cache tells about itself: immutable events and those who listen. */
@NullMarked
package io.lexigram.cache.event;

import org.jspecify.annotations.NullMarked;
