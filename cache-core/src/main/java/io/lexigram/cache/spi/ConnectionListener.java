package io.lexigram.cache.spi;

/**
 * Hears whether a backend can be reached. Called in order, on threads of its client: an implementation must neither block nor
 * call the backend.
 */
public interface ConnectionListener {

    /** There is a connection, for the first time or again. */
    default void connected() {}

    /** The connection was lost, or the first attempt to make one failed. Not called again before {@link #connected()}. */
    default void disconnected() {}
}
