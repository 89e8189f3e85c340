package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.invalidate.Stamp;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authority on the generations: the clock, and the latest ticks, the last of which is the clock's. Older ticks are in the
 * {@link StampPage pages} that the bits of {@code pages} say exist.
 */
record TickLog(long incarnation, long pages, List<Tick> ticks) {

    private static final byte FORMAT = 1;
    private static final int MOST_TICKS = 128;
    private static final int MOST_BYTES = 1 << 15;

    /** The log of a clock that has not ticked. */
    static TickLog beginningWith(byte[] clock) {
        ByteBuffer in = ByteBuffer.wrap(clock);
        long stamp = in.getLong();
        return new TickLog(Stamp.incarnation(stamp), 0, List.of(new Tick(Stamp.seq(stamp), in.getLong(), List.of())));
    }

    /** Null where there is none that can be read. */
    static @Nullable TickLog read(@Nullable Item item) {
        if (item == null) {
            return null;
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(item.value());
            if (in.get() != FORMAT) {
                return null;
            }
            long incarnation = in.getLong();
            long pages = in.getLong();
            List<Tick> ticks = new ArrayList<>();
            while (in.hasRemaining()) {
                ticks.add(new Tick(in.getLong(), in.getLong(), GroupNames.read(in)));
            }
            return ticks.isEmpty() || incarnation < 1 || incarnation > Stamp.MAX_INCARNATION
                    ? null
                    : new TickLog(incarnation, pages, ticks);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(1 + 2 * Long.BYTES + length());
        out.put(FORMAT).putLong(incarnation).putLong(pages);
        for (Tick tick : ticks) {
            out.putLong(tick.seq()).putLong(tick.nonce());
            GroupNames.write(tick.groups(), out);
        }
        return out.array();
    }

    private int length() {
        return ticks.stream()
                .mapToInt(tick -> 2 * Long.BYTES + GroupNames.length(tick.groups()))
                .sum();
    }

    private Tick last() {
        return ticks.get(ticks.size() - 1);
    }

    long seq() {
        return last().seq();
    }

    long stamp() {
        return Stamp.of(incarnation, seq());
    }

    byte[] clock() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(stamp())
                .putLong(last().nonce())
                .array();
    }

    boolean isExhausted() {
        return seq() >= Stamp.MAX_SEQ;
    }

    /** Whether ticks should go to the pages before another one is added. */
    boolean isFull() {
        return ticks.size() >= MOST_TICKS || ticks.size() > 1 && length() > MOST_BYTES;
    }

    /** The older half of the ticks. */
    List<Tick> older() {
        return ticks.subList(0, ticks.size() / 2);
    }

    /** Without the older half, which is on these pages now. */
    TickLog withoutOlder(long onPages) {
        return new TickLog(incarnation, pages | onPages, ticks.subList(ticks.size() / 2, ticks.size()));
    }

    TickLog tick(List<ByteBuffer> groups, long nonce) {
        List<Tick> more = new ArrayList<>(ticks);
        more.add(new Tick(seq() + 1, nonce, groups));
        return new TickLog(incarnation, pages, more);
    }

    /** The tick of this seq, or null where it is not here any more. */
    @Nullable
    Tick tickOf(long seq) {
        return ticks.stream().filter(tick -> tick.seq() == seq).findFirst().orElse(null);
    }

    /** The last stamps of the groups that ticked after this seq. */
    Map<ByteBuffer, Long> after(long seq) {
        Map<ByteBuffer, Long> stamps = new HashMap<>();
        for (Tick tick : ticks) {
            if (tick.seq() > seq) {
                tick.groups().forEach(group -> stamps.put(group, Stamp.of(incarnation, tick.seq())));
            }
        }
        return stamps;
    }
}
