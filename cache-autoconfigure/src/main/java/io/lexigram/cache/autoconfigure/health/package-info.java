/** Tells the application's health how the cache is. */
@NullMarked
package io.lexigram.cache.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
