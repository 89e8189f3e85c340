/** Makes a {@link io.lexigram.cache.CacheService} out of {@code lexigram.cache.*} and the application's own beans. */
@NullMarked
package io.lexigram.cache.autoconfigure;

import org.jspecify.annotations.NullMarked;
