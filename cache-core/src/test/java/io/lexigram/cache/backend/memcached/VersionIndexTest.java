package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import io.lexigram.cache.spi.VersionedEntries.Result;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VersionIndexTest {

    private static final long NOW = 1_000_000;
    private static final long LONG = 60_000;

    private static VersionIndex with(VersionIndex known, String version, long id, long lifeMillis) {
        return VersionIndex.with(known, VersionRank.of(version), id, lifeMillis, NOW);
    }

    private static VersionIndex stored(VersionIndex index) {
        return VersionIndex.read(new Item(index.bytes(), 0, 1));
    }

    @Test
    void it_comes_back_from_its_bytes() {
        VersionIndex index = with(with(null, "ü 1", 7, StoredEntry.NEVER), "2", 8, LONG);

        assertThat(stored(index)).isEqualTo(index);
        assertThat(stored(index.withoutValues())).isEqualTo(index.withoutValues());
    }

    @Test
    void bytes_that_are_none_or_end_too_soon_are_none() {
        byte[] bytes = with(null, "1", 7, LONG).bytes();
        for (int length = 0; length < bytes.length; length++) {
            VersionIndex read = VersionIndex.read(new Item(Arrays.copyOf(bytes, length), 0, 1));
            if (read != null) {
                assertThat(read.values()).as("cut to %d", length).isEmpty();
            }
        }
        assertThat(VersionIndex.read(new Item(new byte[] {'x', 'y'}, 0, 1))).isNull();
        assertThat(VersionIndex.read(null)).isNull();
    }

    @Test
    void a_value_counts_only_with_its_entry_id() {
        VersionIndex index = with(with(null, "1", 7, LONG), "1", 8, LONG);

        assertThat(index.holds("1", 8)).isTrue();
        assertThat(index.holds("1", 7)).isFalse();
        assertThat(index.holds("2", 8)).isFalse();
        assertThat(index.isLast(8)).isTrue();
        assertThat(index.isLast(7)).isFalse();
        assertThat(index.withoutValues().isLast(8)).as("after a removal").isFalse();
    }

    @Test
    void a_lower_version_and_one_of_another_kind_are_refused_also_after_a_removal() {
        VersionIndex index = with(null, "9", 7, LONG).withoutValues();

        assertThat(index.refusal(VersionRank.of("10"))).isNull();
        assertThat(index.refusal(VersionRank.of("9"))).isNull();
        assertThat(index.refusal(VersionRank.of("8"))).isEqualTo(new Outcome(Result.OUTDATED, "9"));
        assertThat(index.refusal(VersionRank.of("2026-01-01"))).isEqualTo(new Outcome(Result.INCOMPARABLE, "9"));
    }

    @Test
    void those_that_are_over_go_and_of_too_many_the_one_that_ends_first() {
        VersionIndex index = with(null, "over", 1, 0);
        for (int i = 0; i < 99; i++) {
            index = with(index, "v" + i, i, i == 50 ? LONG - 1 : LONG + i);
        }
        index = with(index, "eternal", 1, StoredEntry.NEVER);
        assertThat(index.values()).hasSize(100).doesNotContainKey("over").containsKey("v50");

        index = with(index, "last", 1, 1);

        assertThat(index.values()).hasSize(100).doesNotContainKey("v50").containsKeys("eternal", "last");
    }
}
