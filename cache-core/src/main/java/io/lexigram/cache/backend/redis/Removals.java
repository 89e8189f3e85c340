package io.lexigram.cache.backend.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Removes whatever is under a key, and counts what was an entry: a lease record is none. */
final class Removals {

    private Removals() {}

    static CompletionStage<Boolean> delete(Link link, byte[] key) {
        Batch batch = new Batch(link);
        CompletionStage<Long> length = batch.add(Commands.length(key), 0L);
        CompletionStage<Long> removed = batch.add(Commands.unlink(key));
        batch.send();
        return length.thenCombine(removed, (bytes, count) -> count == 1 && Reads.isLive(bytes));
    }

    static CompletionStage<Long> deleteMany(Link link, Collection<byte[]> keys) {
        Set<byte[]> distinct = new TreeSet<>(Arrays::compare);
        distinct.addAll(keys);
        Batch batch = new Batch(link);
        List<CompletionStage<Long>> lengths = new ArrayList<>(distinct.size());
        distinct.forEach(key -> lengths.add(batch.add(Commands.length(key), 0L)));
        List<CompletableFuture<?>> answers = new ArrayList<>();
        answers.add(batch.send().toCompletableFuture());
        for (List<byte[]> some : Chunks.of(List.copyOf(distinct), Chunks.BATCH)) {
            answers.add(link.commands().unlink(some.toArray(byte[][]::new)).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> lengths.stream()
                        .filter(length -> Reads.isLive(Batch.answer(length)))
                        .count());
    }
}
