package io.lexigram.cache.autoconfigure.aop;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/** Transactions that Spring carries in the context of a subscription. */
final class SpringReactiveTransactions implements ReactiveTransactions {

    @Override
    public @Nullable CacheTransaction in(ContextView context) {
        TransactionSynchronizationManager manager = managerIn(context);
        if (manager == null || !manager.isActualTransactionActive() || !manager.isSynchronizationActive()) {
            return null;
        }
        boolean snapshot = SpringTransactionBoundary.readsFromSnapshot(manager.getCurrentTransactionIsolationLevel());
        if (manager.isCurrentTransactionReadOnly() && !snapshot) {
            return null;
        }
        return known(manager, snapshot);
    }

    /** One at a time: branches of one transaction must not each begin one of ours. */
    private synchronized @Nullable CacheTransaction known(TransactionSynchronizationManager manager, boolean snapshot) {
        if (manager.getResource(this) instanceof CacheTransaction known) {
            return known.isCommitted() ? null : known;
        }
        CacheTransaction begun = new CacheTransaction(!snapshot, false);
        manager.bindResource(this, begun);
        manager.registerSynchronization(new Synchronization(manager, this, begun));
        return begun;
    }

    /** The stage is complete as soon as there is one: the context is at hand. */
    private static @Nullable TransactionSynchronizationManager managerIn(ContextView context) {
        if (context.isEmpty()) {
            return null;
        }
        CompletableFuture<@Nullable TransactionSynchronizationManager> found =
                TransactionSynchronizationManager.forCurrentTransaction()
                        .onErrorComplete(NoTransactionException.class)
                        .contextWrite(context)
                        .toFuture();
        return found.getNow(null);
    }

    /**
     * First among the synchronizations: those that act after the commit must find the caches changed. The changes may block,
     * and the thread that ends a transaction is a driver's.
     */
    private record Synchronization(
            TransactionSynchronizationManager manager, Object resource, CacheTransaction transaction)
            implements TransactionSynchronization, Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public Mono<Void> suspend() {
            return Mono.fromRunnable(() -> manager.unbindResourceIfPossible(resource));
        }

        @Override
        public Mono<Void> resume() {
            return Mono.fromRunnable(() -> manager.bindResource(resource, transaction));
        }

        @Override
        public Mono<Void> afterCommit() {
            return blocking(transaction::commit);
        }

        /** Also for what was first asked of the cache in the after-commit phase of others, when ours was over. */
        @Override
        public Mono<Void> afterCompletion(int status) {
            return Mono.defer(() -> {
                manager.unbindResourceIfPossible(resource);
                return switch (status) {
                    case STATUS_COMMITTED -> blocking(transaction::commit);
                    case STATUS_ROLLED_BACK -> blocking(transaction::rollback);
                    default -> blocking(transaction::commitUncertainly);
                };
            });
        }

        private static Mono<Void> blocking(Runnable action) {
            return Mono.<Void>fromRunnable(action).subscribeOn(Schedulers.boundedElastic());
        }
    }
}
