/** The actuator endpoint {@code cache}: what the caches do, and the means to evict from them. */
@NullMarked
package io.lexigram.cache.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
