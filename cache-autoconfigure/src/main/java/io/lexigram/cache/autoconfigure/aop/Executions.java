package io.lexigram.cache.autoconfigure.aop;

import org.jspecify.annotations.Nullable;

/** The executions by the kind of what methods return. */
final class Executions {

    private final Execution blocking = new BlockingExecution();
    private final Execution stage = new StageExecution();
    private final int fluxItems;

    /**
     * @param fluxItems how many items of a flux are collected at most
     */
    Executions(int fluxItems) {
        this.fluxItems = fluxItems;
    }

    /** A method that returns a Mono or a Flux is proof that Reactor is there. */
    Execution of(ReturnShape.Kind kind, @Nullable BatchParameter batch) {
        if (batch != null) {
            return switch (kind) {
                case VALUE -> new BatchExecution(batch);
                case STAGE -> new BatchStageExecution(batch);
                case MONO, FLUX -> new BatchReactorExecution(batch);
            };
        }
        return switch (kind) {
            case VALUE -> blocking;
            case STAGE -> stage;
            case MONO, FLUX -> new ReactorExecution(fluxItems);
        };
    }
}
