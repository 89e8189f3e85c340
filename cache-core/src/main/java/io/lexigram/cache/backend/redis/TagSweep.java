package io.lexigram.cache.backend.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Removes the entries that carry a tag, some at a time so that no other client waits for long. The entry itself has the last
 * word: one that was stored again without the tag stays. What was looked at leaves the index, unless it was written meanwhile;
 * a sweep that fails can be repeated.
 */
final class TagSweep {

    static final byte[] ANY_STAMP = {};

    /** The script's answer for an entry that was loaded later than what is swept. */
    private static final long STAYS = -1;

    private static final int CHUNK = 50;

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

    /** @param before the stamp (8 bytes) from which on what was loaded stays, or {@link #ANY_STAMP} */
    long removeTagged(String tag, byte[] keyPrefix, byte[] before) {
        byte[] index = indexes.index(tag);
        ScanArgs page = ScanArgs.Builder.limit(CHUNK);
        long removed = 0;
        Page last = null;
        while (last == null || !last.cursor().isFinished()) {
            Page seen = last;
            Page next = waits.await(connector.submit(link -> read(link, index, seen, page)));
            List<ScoredValue<byte[]>> members = next.cursor().getValues().stream()
                    .filter(member -> KeyPages.startsWith(member.getValue(), keyPrefix))
                    .toList();
            for (List<ScoredValue<byte[]>> some : Chunks.of(members, CHUNK)) {
                List<Long> answers = waits.await(connector.submit(link -> remove(link, tag, before, some)));
                removed += answers.stream().filter(answer -> answer > 0).count();
                List<ScoredValue<byte[]>> done = IntStream.range(0, some.size())
                        .filter(i -> answers.get(i) != STAYS)
                        .mapToObj(some::get)
                        .toList();
                waits.await(connector.submit(link -> forget(link, tag, done)));
            }
            last = next;
        }
        return removed;
    }

    /** A cursor means something to the server only that gave it. */
    private static CompletionStage<Page> read(Link link, byte[] index, @Nullable Page last, ScanArgs page) {
        Object place = link.placeOf(index);
        ScanCursor from = last == null || last.place() != place ? ScanCursor.INITIAL : last.cursor();
        return link.commands().zscan(index, from, page).thenApply(cursor -> new Page(place, cursor));
    }

    private record Page(Object place, ScoredValueScanCursor<byte[]> cursor) {}

    private CompletionStage<List<Long>> remove(
            Link link, String tag, byte[] before, List<ScoredValue<byte[]>> members) {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(link);
        List<CompletionStage<Long>> counts = new ArrayList<>();
        for (ScoredValue<byte[]> member : members) {
            counts.add(batch.add(ScriptCall.number(Script.REMOVE_TAGGED, member.getValue(), name, wakeUps, before)));
        }
        return batch.send().thenApply(done -> counts.stream().map(Batch::answer).toList());
    }

    private CompletionStage<Void> forget(Link link, String tag, List<ScoredValue<byte[]>> members) {
        Batch batch = new Batch(link);
        indexes.forget(tag, members, batch);
        return batch.send();
    }
}
