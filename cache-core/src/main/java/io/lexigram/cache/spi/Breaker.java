package io.lexigram.cache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from a backend that fails or is slow. Who wants to call asks for a permit first, and hands it back with what came
 * of the call: exactly one of {@link #answered}, {@link #failed}, {@link #disconnected} and {@link #withdrawn}.
 *
 * <p>No method blocks.
 */
public interface Breaker {

    /** Permits everything. */
    Breaker NONE = new Breaker() {

        private final Permit always = new Permit(State.CLOSED);

        @Override
        public Permit permit() {
            return always;
        }

        @Override
        public void answered(Permit permit, long nanos) {}

        @Override
        public void failed(Permit permit, long nanos) {}

        @Override
        public void withdrawn(Permit permit) {}

        @Override
        public State state() {
            return State.CLOSED;
        }
    };

    /** The permit to make one call; null where the call must not be made. */
    @Nullable
    Permit permit();

    /**
     * The backend answered, if only to refuse.
     *
     * @param nanos how long it took; slow answers count against it
     */
    void answered(Permit permit, long nanos);

    /**
     * The backend could not be reached, or did not answer in time.
     *
     * @param nanos how long that took to find out
     */
    void failed(Permit permit, long nanos);

    /**
     * There was no connection, which says nothing of what comes once there is one again.
     *
     * @param nanos how long that took to find out
     */
    default void disconnected(Permit permit, long nanos) {
        failed(permit, nanos);
    }

    /** The call came to nothing that tells of the backend. */
    void withdrawn(Permit permit);

    /** The present state; an open one that is due for a probe is open until somebody asks for a permit. */
    State state();

    /**
     * A period of a breaker, in which its state stays the same; all permits that are given in it are this one object. What comes
     * of a call counts in the period of its permit only.
     */
    final class Permit {

        private final State state;

        public Permit(State state) {
            this.state = state;
        }

        public State state() {
            return state;
        }
    }

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
