package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.invalidate.Stamp;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the groups of one share were last invalidated.
 *
 * @param floor the seq at or before which all groups were that are not listed; 0 where they never were
 */
record StampPage(long incarnation, long floor, Map<ByteBuffer, Long> seqs) {

    /** Pages are the bits of a long. */
    static final int PAGES = Long.SIZE;

    private static final byte FORMAT = 1;
    private static final int MOST_GROUPS = 512;

    static int of(ByteBuffer group) {
        int hash = group.hashCode() * 0x9E3779B9;
        return hash >>> Integer.SIZE - 6;
    }

    /** Null where there is none of this incarnation that can be read. */
    static @Nullable StampPage read(@Nullable Item item, long incarnation) {
        if (item == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(item.value());
            if (in.get() != FORMAT || in.getLong() != incarnation) {
                return null;
            }
            long floor = in.getLong();
            Map<ByteBuffer, Long> seqs = new HashMap<>();
            while (in.hasRemaining()) {
                long seq = in.getLong();
                seqs.put(GroupNames.readOne(in), seq);
            }
            return new StampPage(incarnation, floor, seqs);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    byte[] bytes() {
        int length = seqs.keySet().stream()
                .mapToInt(name -> Long.BYTES + Integer.BYTES + name.remaining())
                .sum();
        ByteBuffer out = ByteBuffer.allocate(1 + 2 * Long.BYTES + length);
        out.put(FORMAT).putLong(incarnation).putLong(floor);
        seqs.forEach((name, seq) -> {
            out.putLong(seq);
            GroupNames.writeOne(name, out);
        });
        return out.array();
    }

    /** The stamp of a group of this page; 0 where it was never invalidated. */
    long stamp(ByteBuffer group) {
        long seq = seqs.getOrDefault(group, floor);
        return seq == 0 ? 0 : Stamp.of(incarnation, seq);
    }

    /** With these ticks of groups; half of the groups go where there are too many, and the floor rises. */
    StampPage with(Map<ByteBuffer, Long> ticks) {
        Map<ByteBuffer, Long> merged = new HashMap<>(seqs);
        ticks.forEach((group, seq) -> merged.merge(group, seq, Math::max));
        if (merged.size() <= MOST_GROUPS) {
            return new StampPage(incarnation, floor, merged);
        }
        List<Long> order = merged.values().stream().sorted().toList();
        long raised = Math.max(floor, order.get(order.size() / 2));
        merged.values().removeIf(seq -> seq <= raised);
        return new StampPage(incarnation, raised, merged);
    }
}
