package io.lexigram.cache.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.invalidate.Stamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of logs and pages, which anybody may have written. */
class GenerationFormatTest {

    private static final ByteBuffer A = ByteBuffer.wrap(new byte[] {'a'});
    private static final ByteBuffer EMPTY = ByteBuffer.wrap(new byte[0]);
    private static final TickLog LOG =
            TickLog.beginningWith(clock(9, 0, 5)).tick(List.of(A, EMPTY), 6).tick(List.of(A), 7);

    @Test
    void a_log_is_read_as_it_was_written() {
        assertThat(TickLog.read(item(LOG.bytes()))).isEqualTo(LOG);
        assertThat(LOG.clock()).isEqualTo(clock(9, 2, 7));
        assertThat(LOG.after(1)).containsOnly(Map.entry(A, Stamp.of(9, 2)));
    }

    @Test
    void a_page_is_read_as_it_was_written_by_its_incarnation_only() {
        StampPage page = new StampPage(9, 4, Map.of(A, 7L, EMPTY, 5L));

        assertThat(StampPage.read(item(page.bytes()), 9)).isEqualTo(page);
        assertThat(StampPage.read(item(page.bytes()), 8)).isNull();
        assertThat(page.stamp(A)).isEqualTo(Stamp.of(9, 7));
        assertThat(page.stamp(ByteBuffer.wrap(new byte[] {'b'}))).isEqualTo(Stamp.of(9, 4));
    }

    @Test
    void bytes_that_are_cut_or_changed_are_refused_or_read_and_never_fail() {
        byte[] page = new StampPage(9, 4, Map.of(A, 7L)).bytes();
        for (byte[] whole : List.of(LOG.bytes(), page)) {
            for (int length = 0; length < whole.length; length++) {
                TickLog.read(item(Arrays.copyOf(whole, length)));
                StampPage.read(item(Arrays.copyOf(whole, length)), 9);
            }
            for (int at = 0; at < whole.length; at++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) (1 << bit);
                    TickLog.read(item(changed));
                    StampPage.read(item(changed), 9);
                }
            }
        }
        assertThat(TickLog.read(item(new byte[0]))).isNull();
        assertThat(TickLog.read(null)).isNull();
    }

    @Test
    void the_older_half_leaves_a_full_log_and_the_clock_stays() {
        TickLog log = LOG;
        for (int i = 0; !log.isFull(); i++) {
            log = log.tick(List.of(A), i);
        }

        TickLog shorter = log.withoutOlder(1L << 63 | 1);

        assertThat(shorter.clock()).isEqualTo(log.clock());
        assertThat(shorter.ticks()).hasSizeBetween(1, 70);
        assertThat(shorter.pages()).isEqualTo(1L << 63 | 1);
        assertThat(log.older().size() + shorter.ticks().size())
                .isEqualTo(log.ticks().size());
    }

    @Test
    void a_page_that_holds_too_many_groups_raises_its_floor_over_those_that_go() {
        Map<ByteBuffer, Long> ticks = new HashMap<>();
        IntStream.rangeClosed(1, 600)
                .forEach(i -> ticks.put(ByteBuffer.allocate(4).putInt(0, i), (long) i));

        StampPage page = new StampPage(9, 0, Map.of()).with(ticks);

        assertThat(page.seqs()).hasSizeLessThan(512);
        ticks.forEach((group, seq) -> assertThat(Stamp.seq(page.stamp(group)))
                .isGreaterThanOrEqualTo(seq)
                .isLessThanOrEqualTo(600));
        assertThat(page.with(Map.of(A, 3L)).stamp(A)).isEqualTo(Stamp.of(9, 3));
    }

    @Test
    void all_pages_are_used() {
        assertThat(IntStream.range(0, 5_000)
                        .map(i -> StampPage.of(ByteBuffer.wrap(("group" + i).getBytes(UTF_8))))
                        .distinct()
                        .boxed())
                .hasSize(StampPage.PAGES)
                .allMatch(page -> page >= 0 && page < StampPage.PAGES);
    }

    private static Item item(byte[] bytes) {
        return new Item(bytes, 0, 1);
    }

    private static byte[] clock(long incarnation, long seq, long nonce) {
        return ByteBuffer.allocate(16)
                .putLong(Stamp.of(incarnation, seq))
                .putLong(nonce)
                .array();
    }
}
