package io.lexigram.cache.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadsTest {

    private final Heads heads = new Heads(2);

    @Test
    void each_lane_is_counted_from_one() {
        assertThat(heads.next(7)).isOne();
        assertThat(heads.next(8)).isOne();
        assertThat(heads.next(7)).isEqualTo(2);
        heads.announce(7);

        assertThat(heads.all()).isEqualTo(Map.of(7L, 2L, 8L, 1L));
    }

    @Test
    void a_lane_is_told_of_before_its_first_message() {
        heads.announce(7);

        assertThat(heads.all()).isEqualTo(Map.of(7L, 0L));
    }

    /** Who heard of the first 50 takes a message with one of their numbers for an old one, and misses nothing. */
    @Test
    void a_lane_that_was_forgotten_goes_on_above_what_it_had() {
        for (int i = 0; i < 50; i++) {
            heads.next(7);
        }
        heads.next(8);
        heads.next(9);
        assertThat(heads.all()).containsOnlyKeys(8L, 9L);

        assertThat(heads.next(7)).isGreaterThan(50);
        assertThat(heads.all()).hasSize(2);
    }
}
