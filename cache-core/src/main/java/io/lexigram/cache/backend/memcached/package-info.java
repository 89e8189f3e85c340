/** The backend that keeps entries in Memcached, spread over one or more servers by consistent hashing. */
@NullMarked
package io.lexigram.cache.backend.memcached;

import org.jspecify.annotations.NullMarked;
