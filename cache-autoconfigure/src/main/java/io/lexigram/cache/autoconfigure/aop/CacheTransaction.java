package io.lexigram.cache.autoconfigure.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * What one transaction is to do to caches once it has committed, and what it must not read from them until then. A reactive
 * transaction goes from thread to thread, and its branches may run at once.
 */
final class CacheTransaction {

    static final String UNCHANGED = "the cache is not changed after the commit";

    private final boolean mayFill;
    private final boolean boundToThread;
    private final Map<String, Set<String>> changedKeys = new ConcurrentHashMap<>();
    private final Set<String> changedCaches = ConcurrentHashMap.newKeySet();
    private final List<CacheTransaction> parts = new CopyOnWriteArrayList<>();
    private volatile Set<String> undecided = Set.of();
    private List<Deferred> deferred = new ArrayList<>();
    private boolean certain = true;
    private volatile State state = State.OPEN;

    private enum State {
        OPEN,
        COMMITTED,
        ROLLED_BACK
    }

    /**
     * @param mayFill whether what it reads may be cached: a transaction that works on a snapshot reads what may be older
     *     than an invalidation
     * @param boundToThread whether all it does has to happen on the thread it began on
     */
    CacheTransaction(boolean mayFill, boolean boundToThread) {
        this.mayFill = mayFill;
        this.boundToThread = boundToThread;
    }

    boolean isBoundToThread() {
        return boundToThread;
    }

    boolean mayFill() {
        return mayFill;
    }

    /** Notes that the transaction changes what is under a key. */
    void changes(String cache, String key) {
        changedKeys
                .computeIfAbsent(cache, name -> ConcurrentHashMap.newKeySet())
                .add(key);
    }

    /** Notes that the transaction changes what may be under any key. */
    void changes(String cache) {
        changedCaches.add(cache);
    }

    /**
     * A part of the transaction that will only know what it changes when it is settled: until then it may be anything in these
     * caches. Its end is the caller's to bring about.
     */
    CacheTransaction part(Set<String> caches) {
        CacheTransaction part = new CacheTransaction(mayFill, boundToThread);
        part.undecided = caches;
        parts.add(part);
        return part;
    }

    /** From now on what this part changes is what it has been told, and nothing else. */
    void settle() {
        undecided = Set.of();
    }

    /** Whether the transaction itself has changed what is under this key. */
    boolean hasChanged(String cache, String key) {
        return changedCaches.contains(cache)
                || undecided.contains(cache)
                || changedKeys.getOrDefault(cache, Set.of()).contains(key)
                || parts.stream().anyMatch(part -> part.hasChanged(cache, key));
    }

    /** Those of these keys under which the transaction itself has changed what is there. */
    Set<String> changed(String cache, Set<String> keys) {
        return keys.stream().filter(key -> hasChanged(cache, key)).collect(Collectors.toSet());
    }

    /** Does it after the commit; at once where there has been one. */
    void defer(Deferred action) {
        synchronized (this) {
            if (state == State.OPEN) {
                deferred.add(action);
                return;
            }
        }
        if (state == State.COMMITTED) {
            carryOut(action);
        } else {
            action.discard();
        }
    }

    boolean isCommitted() {
        return state == State.COMMITTED;
    }

    /** Carries out what was deferred, in its order. */
    void commit() {
        end(State.COMMITTED).forEach(this::carryOut);
    }

    /** Commits without knowing whether the database did: nothing is stored, what would be is removed. */
    void commitUncertainly() {
        partlyRolledBack();
        commit();
    }

    /** A part of the transaction was taken back, and with it some of the values that were to be stored. */
    synchronized void partlyRolledBack() {
        certain = false;
    }

    void rollback() {
        end(State.ROLLED_BACK).forEach(Deferred::discard);
    }

    private synchronized List<Deferred> end(State end) {
        state = end;
        List<Deferred> actions = deferred;
        deferred = new ArrayList<>();
        return actions;
    }

    private synchronized boolean isCertain() {
        return certain;
    }

    /** The transaction is over and its caller has been told: a fault here has nobody to go to. */
    private void carryOut(Deferred action) {
        try {
            action.commit(isCertain());
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
