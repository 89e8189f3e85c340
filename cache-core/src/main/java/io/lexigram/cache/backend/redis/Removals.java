package io.lexigram.cache.backend.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Removes whatever is under a key, and counts what was an entry: a lease record is none. Of several that remove one entry at
 * once, one counts it.
 */
final class Removals {

    private Removals() {}

    static CompletionStage<Boolean> delete(Link link, byte[] key) {
        return deleteMany(link, List.of(key)).thenApply(count -> count == 1);
    }

    static CompletionStage<Long> deleteMany(Link link, List<byte[]> keys) {
        Batch batch = new Batch(link);
        List<CompletionStage<Long>> lengths = new ArrayList<>(keys.size());
        List<CompletionStage<Long>> removed = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            lengths.add(batch.add(Commands.length(key), 0L));
            removed.add(batch.add(Commands.unlink(key)));
        }
        return batch.send().thenApply(done -> IntStream.range(0, keys.size())
                .filter(i -> Batch.answer(removed.get(i)) == 1 && Reads.isLive(Batch.answer(lengths.get(i))))
                .count());
    }
}
