package io.lexigram.cache.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private static final long NOW = 1_800_000_000_000L;

    @Test
    void a_lifetime_is_whole_seconds_and_at_least_one() {
        assertThat(Expiry.in(1, NOW).time()).isEqualTo(1);
        assertThat(Expiry.in(1_000, NOW).time()).isEqualTo(1);
        assertThat(Expiry.in(1_001, NOW).time()).isEqualTo(2);
    }

    @Test
    void above_30_days_a_lifetime_is_a_moment() {
        long most = Duration.ofDays(30).toMillis();

        assertThat(Expiry.in(most, NOW).time()).isEqualTo(2_592_000);
        assertThat(Expiry.in(most + 1_000, NOW).time()).isEqualTo(1_800_000_000 + 2_592_001);
    }

    @Test
    void what_ends_beyond_the_reckoning_of_the_server_never_does() {
        assertThat(Expiry.in(StoredEntry.NEVER, NOW)).isEqualTo(Expiry.NEVER);
        assertThat(Expiry.in(Duration.ofDays(36_500).toMillis(), NOW)).isEqualTo(Expiry.NEVER);
    }

    @Test
    void the_rest_of_a_life_is_told_by_the_flags_and_stays_when_the_item_is_written_again() {
        Expiry expiry = Expiry.in(60_000, NOW);
        Item item = new Item(new byte[0], expiry.flags(), 1);

        assertThat(Expiry.remainingMillis(item, NOW + 20_000)).isEqualTo(40_000);
        assertThat(Expiry.remainingMillis(item, NOW + 61_000)).isZero();
        assertThat(Expiry.of(item, NOW + 20_000)).isEqualTo(new Expiry(40, expiry.flags()));
        assertThat(Expiry.of(item, NOW + 61_000).time()).isEqualTo(1);
    }

    @Test
    void flags_of_others_and_of_what_never_ends_tell_of_no_end() {
        assertThat(Expiry.remainingMillis(new Item(new byte[0], 0, 1), NOW)).isEqualTo(StoredEntry.NEVER);
        assertThat(Expiry.remainingMillis(new Item(new byte[0], -5, 1), NOW)).isEqualTo(StoredEntry.NEVER);
    }
}
