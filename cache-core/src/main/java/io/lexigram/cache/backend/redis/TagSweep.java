package io.lexigram.cache.backend.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Removes the entries that carry a tag, some at a time so that no other client waits for long. The entry itself has the last
 * word: one that was stored again without the tag stays. What was looked at leaves the index, unless it was written meanwhile;
 * a sweep that fails can be repeated.
 */
final class TagSweep {

    private static final int CHUNK = 100;

    private final Connector connector;
    private final Waits waits;
    private final TagIndexes indexes;
    private final byte[] wakeUps;

    /** @param wakeUps the channel through which those who wait for a lease are woken */
    TagSweep(Connector connector, Waits waits, TagIndexes indexes, byte[] wakeUps) {
        this.connector = connector;
        this.waits = waits;
        this.indexes = indexes;
        this.wakeUps = wakeUps;
    }

    long removeTagged(String tag, byte[] keyPrefix) {
        byte[] index = indexes.index(tag);
        ScanArgs page = ScanArgs.Builder.limit(CHUNK);
        long removed = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        while (!cursor.isFinished()) {
            ScanCursor last = cursor;
            ScoredValueScanCursor<byte[]> next =
                    waits.await(connector.submit(link -> link.commands().zscan(index, last, page)));
            List<ScoredValue<byte[]>> members = next.getValues().stream()
                    .filter(member -> KeyPages.startsWith(member.getValue(), keyPrefix))
                    .toList();
            for (List<ScoredValue<byte[]>> some : Chunks.of(members, CHUNK)) {
                removed += waits.await(connector.submit(link -> remove(link, tag, some)));
                waits.await(connector.submit(link -> forget(link, tag, some)));
            }
            cursor = next;
        }
        return removed;
    }

    private CompletionStage<Long> remove(Link link, String tag, List<ScoredValue<byte[]>> members) {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(link);
        List<CompletionStage<Long>> counts = new ArrayList<>();
        for (ScoredValue<byte[]> member : members) {
            counts.add(batch.add(ScriptCall.number(Script.REMOVE_TAGGED, member.getValue(), name, wakeUps)));
        }
        return batch.send()
                .thenApply(done -> counts.stream().mapToLong(Batch::answer).sum());
    }

    private CompletionStage<Void> forget(Link link, String tag, List<ScoredValue<byte[]>> members) {
        Batch batch = new Batch(link);
        indexes.forget(tag, members, batch);
        return batch.send();
    }
}
