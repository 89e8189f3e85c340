package io.lexigram.cache.spi;

import org.jspecify.annotations.Nullable;

/** What a caller finds who would load what is absent. */
public sealed interface Claim {

    /** There is a value. */
    record Found(StoredEntry entry) implements Claim {}

    /**
     * The caller loads.
     *
     * @param stale what was there past its lifetime, kept for the case that the load fails
     */
    record Granted(Lease lease, @Nullable StoredEntry stale) implements Claim {}

    /**
     * Somebody else loads, under the lease of this token.
     *
     * @param entryId the id of what the lease was found on
     * @param stale what is there past its lifetime
     */
    record Busy(long token, long entryId, @Nullable StoredEntry stale) implements Claim {}

    /** There is what can neither be read nor give way, such as a counter: the caller loads and stores nothing. */
    record Taken() implements Claim {}
}
