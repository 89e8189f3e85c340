package io.lexigram.cache.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRankTest {

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, -1",
        "-1, 0",
        "0, 1",
        "9, 10",
        "9007199254740992, 9007199254740993",
        "9223372036854775806, 9223372036854775807",
        "-999999999-01-01, 0000-01-01",
        "1969-12-31T23:59:59.999999999Z, 1970-01-01T00:00:00Z",
        "2026-01-02, 2026-01-02T00:00:00.000000001",
        "2026-01-02T05:00+02:00, 2026-01-02T03:00:01Z",
        "2026-01-02T03:00:01Z, +999999999-12-31T23:59:59.999999999"
    })
    void ranks_of_one_kind_are_digits_of_one_length_in_the_order_of_the_versions(String lower, String higher) {
        VersionRank low = VersionRank.of(lower);
        VersionRank high = VersionRank.of(higher);

        assertThat(low.isComparableWith(high)).isTrue();
        assertThat(low.isLowerThan(high)).isTrue();
        assertThat(high.isLowerThan(low)).isFalse();
        assertThat(low.digits()).matches("[0-9]{20}|[0-9]{27}");
    }

    @Test
    void one_moment_has_one_rank_however_it_is_written() {
        assertThat(VersionRank.of("2026-01-02T02:00:00+02:00").digits())
                .isEqualTo(VersionRank.of("2026-01-02T00:00:00Z").digits())
                .isEqualTo(VersionRank.of("2026-01-02T00:00").digits())
                .isEqualTo(VersionRank.of("2026-01-02").digits());
    }

    @Test
    void numbers_and_times_are_not_comparable() {
        assertThat(VersionRank.of("20260102").isComparableWith(VersionRank.of("2026-01-02")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "v1", "1.2", "1e3", "9223372036854775808", "2026-13-01", "2026-01-02T25:00:00Z", "12:00"})
    void other_texts_have_no_rank(String version) {
        VersionRank rank = VersionRank.of(version);

        assertThat(rank.isComparable()).isFalse();
        assertThat(rank.isComparableWith(rank)).isFalse();
    }
}
