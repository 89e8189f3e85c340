/** Publishes what happens in the cache as events of the application. */
@NullMarked
package io.lexigram.cache.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
