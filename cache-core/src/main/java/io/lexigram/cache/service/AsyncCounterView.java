package io.lexigram.cache.service;

import io.lexigram.cache.AsyncCounter;
import io.lexigram.cache.Counter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The operations of a counter as stages. */
final class AsyncCounterView implements AsyncCounter {

    private final Counter counter;
    private final Stages stages;

    AsyncCounterView(Counter counter, Stages stages) {
        this.counter = counter;
        this.stages = stages;
    }

    @Override
    public AsyncCounter suffix(String suffix) {
        return new AsyncCounterView(counter.suffix(suffix), stages);
    }

    @Override
    public CompletionStage<Long> incr(long by) {
        return stages.of(() -> counter.incr(by));
    }

    @Override
    public CompletionStage<List<Long>> incrBatch(int size) {
        return stages.of(() -> counter.incrBatch(size));
    }

    @Override
    public CompletionStage<Long> decr(long by) {
        return stages.of(() -> counter.decr(by));
    }

    @Override
    public CompletionStage<Long> reset(long value) {
        return stages.of(() -> counter.reset(value));
    }

    @Override
    public CompletionStage<List<Counter.Partition>> partitions() {
        return stages.of(counter::partitions);
    }
}
