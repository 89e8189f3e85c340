/** The backend that keeps entries as Redis strings, on a connection of its own to one server, a Sentinel group or a cluster. */
@NullMarked
package io.lexigram.cache.backend.redis;

import org.jspecify.annotations.NullMarked;
