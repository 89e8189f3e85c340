package io.lexigram.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number under a name that every node counts on, and under each suffix another one. A counter that was never touched is 0;
 * it has 64 bits and may be negative. Safe for use by many threads.
 *
 * <p>Each call is one atomic step at the backend: it takes part in no transaction of the caller, and a rollback gives nothing
 * back. A fault is thrown and never hidden; after a {@link CacheTimeoutException} the step may have been done or not.
 *
 * <p>Counters are entries of the cache {@value CacheService#COUNTERS}, and last as long as these do: they end with the process
 * on a backend in memory, where {@code max-entries} bounds them, and with a {@code clear}.
 */
public interface Counter {

    String name();

    /** The partition of this name with this suffix; a suffix that this counter has is replaced. @throws CacheKeyException when it is empty or has control characters */
    Counter suffix(String suffix);

    /** Adds 1. @return the new value: 1 the first time */
    default long incr() {
        return incr(1);
    }

    /**
     * Adds to the counter; 0 reads it.
     *
     * @return the new value
     * @throws CacheCapacityException when the sum has more than 64 bits; the counter keeps its value
     * @throws CacheException on a fault
     */
    long incr(long by);

    /** As {@link #incrBatch(int)} for two. */
    default List<Long> incrBatch() {
        return incrBatch(2);
    }

    /**
     * Adds {@code size} at once. The list takes no memory for its numbers.
     *
     * @return the numbers that were counted, ascending: 1 to 5 for the first five, then 6, 7, 8 for three more
     * @throws IllegalArgumentException when the size is less than 1
     * @throws CacheCapacityException when the sum has more than 64 bits; the counter keeps its value
     */
    List<Long> incrBatch(int size);

    /** Subtracts 1. @return the new value: -1 the first time */
    default long decr() {
        return decr(1);
    }

    /** As {@link #incr(long)} with the sign turned round. */
    default long decr(long by) {
        return incr(Negation.of(by));
    }

    /** As {@link #reset(long)} to 1. */
    default long reset() {
        return reset(1);
    }

    /** Sets the counter, whatever it was, in one step. @return the value */
    long reset(long value);

    /**
     * Numbers from this counter that cost one trip to the backend for each block.
     *
     * @param size how many numbers a trip fetches
     * @throws IllegalArgumentException when the size is less than 1
     */
    Sequence blocks(int size);

    /** Every partition of this name that was touched, by suffix, for administration: it searches the keys of all counters. */
    List<Partition> partitions();

    /**
     * A counter and what it stood at.
     *
     * @param suffix null for the counter without one
     */
    record Partition(@Nullable String suffix, long value) {}
}
