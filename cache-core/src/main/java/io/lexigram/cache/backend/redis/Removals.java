package io.lexigram.cache.backend.redis;

import io.lexigram.cache.codec.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Removes whatever is under a key, with all of its versions unless they are to stay, and counts what was an entry: a lease record is none. Of several that remove one entry at
 * once, one counts it. Those who wait for a lease that goes are woken.
 */
final class Removals {

    private final byte[] wakeUps;

    /** @param wakeUps the channel through which they are woken */
    Removals(byte[] wakeUps) {
        this.wakeUps = wakeUps;
    }

    CompletionStage<Boolean> delete(Link link, byte[] key) {
        return remove(Script.REMOVE, key).on(link).thenApply(count -> count == 1);
    }

    CompletionStage<Long> deleteMany(Link link, List<byte[]> keys) {
        return removeMany(link, Script.REMOVE, keys);
    }

    /** Leaves the versions. */
    CompletionStage<Long> deleteCurrent(Link link, List<byte[]> keys) {
        return removeMany(link, Script.REMOVE_CURRENT, keys);
    }

    private CompletionStage<Long> removeMany(Link link, Script script, List<byte[]> keys) {
        Batch batch = new Batch(link);
        List<CompletionStage<Long>> removed = new ArrayList<>(keys.size());
        keys.forEach(key -> removed.add(batch.add(remove(script, key))));
        return batch.send()
                .thenApply(done -> removed.stream().mapToLong(Batch::answer).sum());
    }

    private ScriptCall<Long> remove(Script script, byte[] key) {
        return ScriptCall.number(script, List.of(key, KeyCodec.versionsOf(key)), List.of(wakeUps));
    }
}
