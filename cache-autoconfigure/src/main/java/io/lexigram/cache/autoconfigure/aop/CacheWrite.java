package io.lexigram.cache.autoconfigure.aop;

import java.util.concurrent.CompletionStage;

/** A change of one cache that one call asks for, with all expressions evaluated. */
interface CacheWrite {

    /** Carries it out on this thread. */
    void run();

    /** Carries it out without blocking. */
    CompletionStage<?> runAsync();

    /** Carries it out after the commit; until then what it concerns is not read from the cache in the transaction. */
    void runAfterCommit(CacheTransaction transaction);

    /** As {@link #runAfterCommit}, without blocking; the stage ends when the transaction knows what it is to do. */
    default CompletionStage<?> runAfterCommitAsync(CacheTransaction transaction) {
        runAfterCommit(transaction);
        return Stages.done(null);
    }
}
