package io.lexigram.cache.backend.memcached;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One tick of the clock.
 *
 * @param groups the names of the groups it invalidated; none at the beginning of an incarnation
 */
record Tick(long seq, long nonce, List<ByteBuffer> groups) {}
