package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions that Spring binds to a thread. */
final class SpringTransactionBoundary implements TransactionBoundary {

    @Override
    public @Nullable CacheTransaction current() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly() && !readsFromSnapshot()) {
            return null;
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof CacheTransaction known) {
            return known.isCommitted() ? null : known;
        }
        CacheTransaction begun = new CacheTransaction(!readsFromSnapshot(), true);
        TransactionSynchronizationManager.bindResource(this, begun);
        TransactionSynchronizationManager.registerSynchronization(new Synchronization(this, begun));
        return begun;
    }

    private static boolean readsFromSnapshot() {
        return readsFromSnapshot(TransactionSynchronizationManager.getCurrentTransactionIsolationLevel());
    }

    /** Nobody has to say what a connection does by default; that is taken for reading what is committed. */
    static boolean readsFromSnapshot(@Nullable Integer isolationLevel) {
        return isolationLevel != null && isolationLevel >= TransactionDefinition.ISOLATION_REPEATABLE_READ;
    }

    /** First among the synchronizations: listeners that run after the commit must find the caches changed. */
    private record Synchronization(Object resource, CacheTransaction transaction)
            implements TransactionSynchronization {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(resource);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(resource, transaction);
        }

        @Override
        public void savepointRollback(Object savepoint) {
            transaction.partlyRolledBack();
        }

        @Override
        public void afterCommit() {
            transaction.commit();
        }

        /** Also for what was first asked of the cache in the after-commit phase of others, when ours was over. */
        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(resource);
            switch (status) {
                case STATUS_COMMITTED -> transaction.commit();
                case STATUS_ROLLED_BACK -> transaction.rollback();
                default -> transaction.commitUncertainly();
            }
        }
    }
}
