package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the versions of an entry. A value that is not listed here with its entry id is none, whatever lies under its
 * key.
 *
 * @param last the version that was set last
 * @param digits those of its rank; none where it cannot be compared
 * @param lastId its entry id
 * @param lifeMillis how long its value was to live, or {@link StoredEntry#NEVER}
 */
record VersionIndex(String last, String digits, long lastId, long lifeMillis, Map<String, Value> values) {

    private static final byte FORMAT = 1;

    /** @param endMillis the end of its life by the clock of who set it, or {@link StoredEntry#NEVER} */
    record Value(long entryId, long endMillis) {

        boolean isOver(long nowMillis) {
            return endMillis != StoredEntry.NEVER && endMillis <= nowMillis;
        }

        /** With those first that end first. */
        long order() {
            return endMillis == StoredEntry.NEVER ? Long.MAX_VALUE : endMillis;
        }
    }

    /** Null where there is none that can be read. */
    static @Nullable VersionIndex read(@Nullable Item item) {
        if (item == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(item.value());
            if (in.get() != FORMAT) {
                return null;
            }
            long lastId = in.getLong();
            long lifeMillis = in.getLong();
            String last = text(in);
            String digits = text(in);
            Map<String, Value> values = new LinkedHashMap<>();
            while (in.hasRemaining()) {
                values.put(text(in), new Value(in.getLong(), in.getLong()));
            }
            return new VersionIndex(last, digits, lastId, lifeMillis, values);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static String text(ByteBuffer in) {
        return UTF_8.decode(GroupNames.readOne(in)).toString();
    }

    byte[] bytes() {
        ByteBuffer lastBytes = UTF_8.encode(last);
        ByteBuffer digitBytes = UTF_8.encode(digits);
        Map<ByteBuffer, Value> encoded = new LinkedHashMap<>();
        values.forEach((version, value) -> encoded.put(UTF_8.encode(version), value));
        int texts = Stream.concat(Stream.of(lastBytes, digitBytes), encoded.keySet().stream())
                .mapToInt(text -> Integer.BYTES + text.remaining())
                .sum();
        ByteBuffer out = ByteBuffer.allocate(1 + 2 * Long.BYTES + texts + encoded.size() * 2 * Long.BYTES);
        out.put(FORMAT).putLong(lastId).putLong(lifeMillis);
        GroupNames.writeOne(lastBytes, out);
        GroupNames.writeOne(digitBytes, out);
        encoded.forEach((version, value) -> {
            GroupNames.writeOne(version, out);
            out.putLong(value.entryId()).putLong(value.endMillis());
        });
        return out.array();
    }

    /** Why a version may not be set after this one; null where it may. */
    @Nullable
    Outcome refusal(VersionRank rank) {
        VersionRank known = new VersionRank(last, digits);
        if (!rank.isComparableWith(known)) {
            return new Outcome(VersionedEntries.Result.INCOMPARABLE, last);
        }
        return rank.isLowerThan(known) ? new Outcome(VersionedEntries.Result.OUTDATED, last) : null;
    }

    boolean holds(String version, long entryId) {
        Value value = values.get(version);
        return value != null && value.entryId() == entryId;
    }

    /** Whether nothing was set or removed since the entry was. */
    boolean isLast(long entryId) {
        return lastId == entryId && holds(last, entryId);
    }

    /** With a version that was set after what this knows, if anything; without those that are over or too many. */
    static VersionIndex with(
            @Nullable VersionIndex known, VersionRank rank, long entryId, long lifeMillis, long nowMillis) {
        Map<String, Value> values = new LinkedHashMap<>(known == null ? Map.of() : known.values());
        values.remove(rank.version());
        values.values().removeIf(value -> value.isOver(nowMillis));
        if (values.size() >= VersionedEntries.MAX_VERSIONS) {
            values.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().order()))
                    .ifPresent(first -> values.remove(first.getKey()));
        }
        long end = lifeMillis == StoredEntry.NEVER ? StoredEntry.NEVER : nowMillis + lifeMillis;
        values.put(rank.version(), new Value(entryId, end));
        return new VersionIndex(rank.version(), rank.digits(), entryId, lifeMillis, values);
    }

    VersionIndex withoutValues() {
        return new VersionIndex(last, digits, lastId, lifeMillis, Map.of());
    }
}
