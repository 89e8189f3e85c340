/** Gives each request of the web layer its memo, and ends it with the request. */
@NullMarked
package io.lexigram.cache.autoconfigure.request;

import org.jspecify.annotations.NullMarked;
