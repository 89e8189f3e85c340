package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one transaction is to do to caches once it has committed, and what it must not read from them until then. Used by the
 * transaction's thread.
 */
final class CacheTransaction {

    static final String UNCHANGED = "the cache is not changed after the commit";

    private final boolean mayFill;
    private final Map<String, Set<String>> changedKeys = new HashMap<>();
    private final Set<String> changedCaches = new HashSet<>();
    private List<Deferred> deferred = new ArrayList<>();
    private boolean certain = true;
    private boolean committed;

    /**
     * @param mayFill whether what it reads may be cached: a transaction that works on a snapshot reads what may be older
     *     than an invalidation
     */
    CacheTransaction(boolean mayFill) {
        this.mayFill = mayFill;
    }

    boolean mayFill() {
        return mayFill;
    }

    /** Notes that the transaction changes what is under a key. */
    void changes(String cache, String key) {
        changedKeys.computeIfAbsent(cache, name -> new HashSet<>()).add(key);
    }

    /** Notes that the transaction changes what may be under any key. */
    void changes(String cache) {
        changedCaches.add(cache);
    }

    /** Whether the transaction itself has changed what is under this key. */
    boolean hasChanged(String cache, String key) {
        return changedCaches.contains(cache)
                || changedKeys.getOrDefault(cache, Set.of()).contains(key);
    }

    /** Those of these keys under which the transaction itself has changed what is there. */
    Set<String> changed(String cache, Set<String> keys) {
        return keys.stream().filter(key -> hasChanged(cache, key)).collect(Collectors.toSet());
    }

    void defer(Deferred action) {
        deferred.add(action);
    }

    boolean isCommitted() {
        return committed;
    }

    /** Carries out what was deferred, in its order. */
    void commit() {
        committed = true;
        List<Deferred> actions = deferred;
        deferred = new ArrayList<>();
        actions.forEach(this::carryOut);
    }

    /** Commits without knowing whether the database did: nothing is stored, what would be is removed. */
    void commitUncertainly() {
        certain = false;
        commit();
    }

    /** A part of the transaction was taken back, and with it some of the values that were to be stored. */
    void partlyRolledBack() {
        certain = false;
    }

    void rollback() {
        deferred.forEach(Deferred::discard);
        deferred = new ArrayList<>();
    }

    /** The transaction is over and its caller has been told: a fault here has nobody to go to. */
    private void carryOut(Deferred action) {
        try {
            action.commit(certain);
        } catch (RuntimeException e) {
            action.operation().log().fault(UNCHANGED, e);
        }
    }

    /** Something to do when the transaction has committed. */
    interface Deferred {

        /** The annotation that asked for it. */
        CacheOperation operation();

        /**
         * @param certain whether every value seen in the transaction was committed
         */
        void commit(boolean certain);

        void discard();
    }
}
