package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** Where a subscription stands in transactions that it carries along. */
@FunctionalInterface
interface ReactiveTransactions {

    /** For applications without such transactions. */
    ReactiveTransactions NONE = context -> null;

    /** As {@link TransactionBoundary#current()}, for the transaction in a context. */
    @Nullable
    CacheTransaction in(ContextView context);

    /** The transaction around one call, where its method has to do with one: that of the context, or else of the thread. */
    default @Nullable CacheTransaction around(MethodPlan plan, ContextView context) {
        CacheTransaction own = plan.concernsCaches() ? in(context) : null;
        return own == null ? plan.transaction() : own;
    }
}
