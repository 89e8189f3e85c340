package io.lexigram.cache.backend.redis;

import io.lexigram.cache.codec.Envelope;
import io.lexigram.cache.spi.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads values and what is known of them. A lease record is a value for those who read it and absent for those who ask about
 * it. What is no string reads as no bytes, which is no entry.
 */
final class Reads {

    private static final byte[] NO_BYTES = {};
    private static final long ABSENT = -1;
    /** What the server answers for a key that has no end. */
    private static final long ENDLESS = -1;

    private Reads() {}

    static CompletionStage<byte @Nullable []> get(Link link, byte[] key) {
        return link.send(Commands.get(key));
    }

    static CompletionStage<List<byte @Nullable []>> getMany(Link link, List<byte[]> keys) {
        if (link.isCluster()) {
            return getEach(link, keys);
        }
        if (!keys.isEmpty() && keys.size() <= Chunks.BATCH) {
            return link.send(Commands.getMany(keys));
        }
        Batch batch = new Batch(link);
        List<CompletionStage<List<byte @Nullable []>>> chunks = new ArrayList<>();
        for (List<byte[]> some : Chunks.of(keys, Chunks.BATCH)) {
            chunks.add(batch.add(Commands.getMany(some)));
        }
        return batch.send().thenApply(done -> {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            chunks.forEach(chunk -> values.addAll(Batch.answer(chunk)));
            return values;
        });
    }

    /** Each key has a slot of its own, and MGET takes those of one slot only. */
    private static CompletionStage<List<byte @Nullable []>> getEach(Link link, List<byte[]> keys) {
        Batch batch = new Batch(link);
        List<CompletionStage<byte[]>> answers = new ArrayList<>(keys.size());
        keys.forEach(key -> answers.add(batch.add(Commands.get(key))));
        return batch.send().thenApply(done -> {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            answers.forEach(answer -> values.add(Batch.answer(answer)));
            return values;
        });
    }

    static CompletionStage<List<byte @Nullable []>> heads(Link link, List<byte[]> keys, int length) {
        Batch batch = new Batch(link);
        List<CompletionStage<byte[]>> heads = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            heads.add(batch.add(Commands.head(key, length), NO_BYTES));
        }
        return batch.send().thenApply(done -> {
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (CompletionStage<byte[]> head : heads) {
                byte[] bytes = Batch.answer(head);
                values.add(bytes.length == 0 ? null : bytes);
            }
            return values;
        });
    }

    static CompletionStage<Boolean> exists(Link link, byte[] key) {
        return Failures.orIfNoString(link.send(Commands.length(key)), 0L).thenApply(Reads::isLive);
    }

    static CompletionStage<Long> ttl(Link link, byte[] key) {
        Batch batch = new Batch(link);
        CompletionStage<Long> length = batch.add(Commands.length(key), 0L);
        CompletionStage<Long> ttl = batch.add(Commands.ttl(key));
        batch.send();
        return length.thenCombine(ttl, Reads::ttl);
    }

    /** Whether a string of this length counts as present: it is not empty and no header alone. */
    static boolean isLive(long length) {
        return length > 0 && length != Envelope.HEADER_LENGTH;
    }

    private static long ttl(long length, long answer) {
        if (!isLive(length) || answer < ENDLESS) {
            return ABSENT;
        }
        return answer == ENDLESS ? StoredEntry.NEVER : answer;
    }
}
