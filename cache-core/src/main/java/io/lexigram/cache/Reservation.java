package io.lexigram.cache;

import org.jspecify.annotations.Nullable;

/**
 * The right to write one key later, lost as soon as the key is invalidated or written by another.
 *
 * <p>For a value that is read now and may be stored only afterwards, such as one read inside a transaction that has yet to
 * commit. It is to be read after the reservation was made, which takes a round trip where processes share the backend. A
 * reservation holds a place in the bounded table of loads under way until it is used or closed.
 */
public interface Reservation<V> extends AutoCloseable {

    /**
     * Stores the value if the key was neither invalidated nor written since the reservation was made.
     *
     * @return whether it was stored
     */
    boolean put(@Nullable V value, CallOptions options);

    /** Gives the reservation up; does nothing after {@link #put}. */
    @Override
    void close();
}
