package io.lexigram.cache.backend.tiered;

import io.lexigram.cache.invalidate.Group;
import java.util.Collection;

/** What keeps copies from being served after somebody else has changed or invalidated what they are copies of. */
interface Coherence extends AutoCloseable {

    /** Begins to listen, once. */
    void start();

    /** Whether every invalidation that was made two heartbeats ago is known here. Asked on each hit. */
    boolean isProven(long nowNanos);

    /** The end of the time for which {@link #isProven} holds, as far as it is known. */
    long provenUntilNanos();

    /** Whether copies that are not proven are served, marked, where the backend does not answer. */
    boolean isUnconfirmedServed(long nowNanos);

    /** How long a copy may be served at most. */
    long longestLifeNanos();

    /** Tells the other nodes that keys were changed. Returns at once and throws nothing. */
    void changed(String namespace, Collection<String> keys);

    /** Tells the other nodes that a group was invalidated. Returns at once and throws nothing. */
    void invalidated(Group group);

    @Override
    void close();
}
