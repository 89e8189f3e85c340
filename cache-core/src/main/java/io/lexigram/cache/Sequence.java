package io.lexigram.cache;

/**
 * Numbers that no other sequence, thread or node gets from the same {@link Counter}. A block of them is fetched with one trip
 * and handed out from memory, ascending. Safe for use by many threads.
 *
 * <p>The numbers have gaps: what is left of a block is lost when the sequence is closed, forgotten or ends with its process, a
 * fetch whose answer did not arrive may have taken a block, and the last numbers below 2<sup>63</sup> that fill no block are
 * never handed out. Several sequences hand out their blocks at the same time, so that a greater number need not be a later one.
 * A {@link Counter#reset} does not reach blocks that were fetched before it.
 */
public interface Sequence extends AutoCloseable {

    /**
     * The next number. Where the block is used up, one caller fetches the next one and the others wait for it.
     *
     * @throws CacheException when a block cannot be fetched; the next call tries anew
     * @throws IllegalStateException when the sequence is closed
     */
    long next();

    /** Gives up what is left of the block. */
    @Override
    void close();
}
