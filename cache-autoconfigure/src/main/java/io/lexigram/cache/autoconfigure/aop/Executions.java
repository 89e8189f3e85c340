package io.lexigram.cache.autoconfigure.aop;

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
    Execution of(ReturnShape.Kind kind) {
        return switch (kind) {
            case VALUE -> blocking;
            case STAGE -> stage;
            case MONO, FLUX -> new ReactorExecution(fluxItems);
        };
    }
}
