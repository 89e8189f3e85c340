package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The executions by the kind of what methods return. */
final class Executions {

    private final Execution blocking = new BlockingExecution();
    private final Execution stage = new StageExecution();
    private final int fluxItems;
    private final ObjectProvider<ReactiveTransactions> transactions;

    /**
     * @param fluxItems how many items of a flux are collected at most
     * @param transactions asked for where Reactor is there
     */
    Executions(int fluxItems, ObjectProvider<ReactiveTransactions> transactions) {
        this.fluxItems = fluxItems;
        this.transactions = transactions;
    }

    /** A method that returns a Mono or a Flux is proof that Reactor is there. */
    Execution of(ReturnShape.Kind kind, @Nullable BatchParameter batch) {
        if (batch != null) {
            return switch (kind) {
                case VALUE -> new BatchExecution(batch);
                case STAGE -> new BatchStageExecution(batch);
                case MONO, FLUX ->
                    new BatchReactorExecution(batch, transactions.getIfAvailable(() -> ReactiveTransactions.NONE));
            };
        }
        return switch (kind) {
            case VALUE -> blocking;
            case STAGE -> stage;
            case MONO, FLUX ->
                new ReactorExecution(fluxItems, transactions.getIfAvailable(() -> ReactiveTransactions.NONE));
        };
    }
}
