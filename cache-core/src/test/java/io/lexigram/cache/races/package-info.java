/** The races that broke other caches, and those that a cache on several nodes has by nature, one test each. */
@NullMarked
package io.lexigram.cache.races;

import org.jspecify.annotations.NullMarked;
