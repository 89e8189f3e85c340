package io.lexigram.cache.backend.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.ScoredValue;
import io.lexigram.cache.codec.KeyCodec;
import io.lexigram.cache.spi.ByteBackend.ByteEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The index of the entries by tag: a sorted set for each tag, whose members are physical keys and whose scores are what
 * {@code index.lua} makes of their lifetimes.
 *
 * <p>An entry is {@linkplain #announce announced} before it is stored, so that it can be found however the writer ends, and
 * {@linkplain #confirm confirmed} after it, so that a sweep that found nothing under the key yet does not forget it.
 */
final class TagIndexes {

    /** Members in one command, which holds up every other client of the server. */
    private static final int MAX_MEMBERS = 100;

    /** As in {@code index.lua}: scores from here on mean for ever. */
    private static final double FOR_EVER = 4e12;

    private final KeyCodec keys;
    private final Clock clock;

    /** @param clock for announcements only, whose scores are replaced by the server's clock */
    TagIndexes(KeyCodec keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    byte[] index(String tag) {
        return keys.auxiliary("tag", tag);
    }

    void announce(List<ByteEntry> entries, Batch batch) {
        byTag(entries).forEach((tag, tagged) -> {
            for (List<ByteEntry> some : Chunks.of(tagged, MAX_MEMBERS)) {
                List<ScoredValue<byte[]>> members = new ArrayList<>(some.size());
                some.forEach(entry -> members.add(ScoredValue.just(score(entry), entry.key())));
                batch.add(Commands.addIfAbsent(index(tag), members));
            }
        });
    }

    void confirm(List<ByteEntry> entries, Batch batch) {
        byTag(entries).forEach((tag, tagged) -> {
            for (List<ByteEntry> some : Chunks.of(tagged, MAX_MEMBERS)) {
                List<byte[]> pairs = new ArrayList<>(2 * some.size());
                for (ByteEntry entry : some) {
                    pairs.add(entry.key());
                    pairs.add(ScriptCall.lifetime(entry.ttlMillis()));
                }
                batch.add(ScriptCall.number(Script.INDEX, index(tag), pairs));
            }
        });
    }

    /** Removes members that were not noted again since their scores were seen. */
    void forget(String tag, List<ScoredValue<byte[]>> seen, Batch batch) {
        List<byte[]> pairs = new ArrayList<>();
        for (ScoredValue<byte[]> member : seen) {
            pairs.add(member.getValue());
            pairs.add(Double.toString(member.getScore()).getBytes(US_ASCII));
        }
        batch.add(ScriptCall.number(Script.FORGET, index(tag), pairs));
    }

    private static Map<String, List<ByteEntry>> byTag(List<ByteEntry> entries) {
        Map<String, List<ByteEntry>> tagged = new LinkedHashMap<>();
        for (ByteEntry entry : entries) {
            for (String tag : entry.tags()) {
                tagged.computeIfAbsent(tag, name -> new ArrayList<>()).add(entry);
            }
        }
        return tagged;
    }

    private double score(ByteEntry entry) {
        long now = clock.millis();
        double end = (double) now + entry.ttlMillis();
        return end < FOR_EVER ? end : FOR_EVER + now;
    }
}
