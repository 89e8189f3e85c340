package io.lexigram.cache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class XFetchTest {

    private static final long LIFE = 10_000;
    private static final long DELTA = 100;

    @Test
    void the_moment_is_the_end_of_life_less_delta_times_beta_times_the_logarithm() {
        double random = 1 - Math.exp(-3);

        assertThat(XFetch.isDue(entry(LIFE, DELTA), LIFE - 3 * DELTA - 1, 1.0, random))
                .isFalse();
        assertThat(XFetch.isDue(entry(LIFE, DELTA), LIFE - 3 * DELTA + 1, 1.0, random))
                .isTrue();
        assertThat(XFetch.isDue(entry(LIFE, DELTA), LIFE - 6 * DELTA + 1, 2.0, random))
                .isTrue();
    }

    @Test
    void the_smallest_random_number_never_refreshes_before_the_end() {
        assertThat(XFetch.isDue(entry(LIFE, DELTA), LIFE - 1, 1.0, 0.0)).isFalse();
        assertThat(XFetch.isDue(entry(LIFE, DELTA), LIFE, 1.0, 0.0)).isTrue();
    }

    @Test
    void a_value_that_was_not_loaded_or_never_ends_is_never_due() {
        assertThat(XFetch.isDue(entry(LIFE, 0), LIFE - 1, 1.0, Math.nextDown(1.0)))
                .isFalse();
        assertThat(XFetch.isDue(entry(StoredEntry.NEVER, DELTA), LIFE, 1.0, Math.nextDown(1.0)))
                .isFalse();
    }

    @Test
    void a_hot_key_is_refreshed_rarely_long_before_its_end_and_nearly_always_just_before_it() {
        assertThat(share(LIFE - 10 * DELTA)).isLessThan(0.001);
        assertThat(share(LIFE - DELTA)).isBetween(0.36, 0.38);
        assertThat(share(LIFE - 1)).isGreaterThan(0.98);
    }

    /** The part of evenly spread random numbers that find the value due. */
    private static double share(long nowMillis) {
        int all = 100_000;
        int due = 0;
        for (int i = 0; i < all; i++) {
            if (XFetch.isDue(entry(LIFE, DELTA), nowMillis, 1.0, (double) i / all)) {
                due++;
            }
        }
        return (double) due / all;
    }

    private static StoredEntry entry(long ttlMillis, long loadMillis) {
        return new StoredEntry(
                "v",
                StoredEntry.ANY_SCHEMA,
                0,
                ttlMillis,
                Duration.ofMillis(loadMillis).toNanos(),
                null,
                Set.of());
    }
}
