/** Remembers results for the time of one request. */
@NullMarked
package io.lexigram.cache.request;

import org.jspecify.annotations.NullMarked;
