package io.lexigram.cache.service;

import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.spi.Lease;
import io.lexigram.cache.spi.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What a caller who wants a value does next. */
sealed interface Turn {

    /** Takes the value that is there. */
    record Hit(StoredEntry entry) implements Turn {}

    /**
     * Loads, and closes the fence.
     *
     * @param lease the right to load in all processes, where they share their loads; null where what is loaded is for this
     *     process alone
     * @param stale what may be served where the load fails
     */
    record Lead(
            Fence fence, @Nullable Lease lease, @Nullable StoredEntry stale) implements Turn {

        /** Names the thread that runs the loader; null as long as none does. */
        void runBy(@Nullable Thread thread) {
            if (fence instanceof Flight flight) {
                flight.runBy(thread);
            }
        }
    }

    /** Waits for a load of this process, or for the one that waits for another process. */
    record Join(Flight flight, @Nullable StoredEntry stale) implements Turn {}

    /** Waits for another process, on behalf of all callers of this one, and closes the flight. */
    record Watch(Flight flight, @Nullable StoredEntry stale) implements Turn {}

    /** Loads for itself; where processes share their loads, nothing is stored. */
    record Alone() implements Turn {}

    /** One key of a batch that somebody else loads: the caller asks for it by itself when the rest is done. */
    record Later() implements Turn {}
}
