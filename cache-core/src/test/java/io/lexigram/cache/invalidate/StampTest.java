package io.lexigram.cache.invalidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "1, 4294967295",
        "1, 4294967296",
        "134217728, 5",
        "268435455, 68719476735",
    })
    void incarnation_and_seq_come_back(long incarnation, long seq) {
        long stamp = Stamp.of(incarnation, seq);

        assertThat(Stamp.incarnation(stamp)).isEqualTo(incarnation);
        assertThat(Stamp.seq(stamp)).isEqualTo(seq);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "268435456, 0", "-1, 0", "1, -1", "1, 68719476736"})
    void what_has_no_room_is_refused(long incarnation, long seq) {
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.of(incarnation, seq));
    }
}
