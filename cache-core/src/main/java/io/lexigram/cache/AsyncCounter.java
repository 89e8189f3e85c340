package io.lexigram.cache;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The operations of a {@link Counter} without waiting; see {@link AsyncCache}. What they throw is what the stages fail with. */
public interface AsyncCounter {

    /** The partition of this name with this suffix. @throws CacheKeyException when it is empty or has control characters */
    AsyncCounter suffix(String suffix);

    default CompletionStage<Long> incr() {
        return incr(1);
    }

    CompletionStage<Long> incr(long by);

    CompletionStage<List<Long>> incrBatch(int size);

    default CompletionStage<Long> decr() {
        return decr(1);
    }

    CompletionStage<Long> decr(long by);

    CompletionStage<Long> reset(long value);

    CompletionStage<List<Counter.Partition>> partitions();
}
