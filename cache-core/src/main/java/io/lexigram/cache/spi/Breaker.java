package io.lexigram.cache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from a backend that fails or is slow. Who wants to call asks for a permit first, and hands it back with what came
 * of the call: exactly one of {@link #answered}, {@link #failed} and {@link #withdrawn}.
 *
 * <p>No method blocks.
 */
public interface Breaker {

    /** Permits everything. */
    Breaker NONE = new Breaker() {

        @Override
        public State permit() {
            return State.CLOSED;
        }

        @Override
        public void answered(State permit, long nanos) {}

        @Override
        public void failed(State permit, long nanos) {}

        @Override
        public void withdrawn(State permit) {}

        @Override
        public State state() {
            return State.CLOSED;
        }
    };

    /** The permit to make one call, which is the state it is given in; null where the call must not be made. */
    @Nullable
    State permit();

    /**
     * The backend answered, if only to refuse.
     *
     * @param nanos how long it took; slow answers count against it
     */
    void answered(State permit, long nanos);

    /**
     * The backend could not be reached, or did not answer in time.
     *
     * @param nanos how long that took to find out
     */
    void failed(State permit, long nanos);

    /** The call came to nothing that tells of the backend. */
    void withdrawn(State permit);

    /** The present state; an open one that is due for a probe is open until somebody asks for a permit. */
    State state();

    /** What a breaker does with calls. */
    enum State {
        /** Calls are made. */
        CLOSED,
        /** Calls are refused. */
        OPEN,
        /** One call is made, as a probe; others are refused until its outcome is known. */
        HALF_OPEN
    }
}
