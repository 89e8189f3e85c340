package io.lexigram.cache.backend.tiered;

/**
 * What is noted on an entry that is held as a copy.
 *
 * @param ticket the moment before it was read or written, as {@link Drops} counts
 * @param freshUntilNanos until when it may be served without asking the backend
 */
record Copy(long ticket, long freshUntilNanos) {}
