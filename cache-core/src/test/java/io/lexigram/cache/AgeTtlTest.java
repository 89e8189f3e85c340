package io.lexigram.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTtlTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:59:59.500Z");
    private static final Duration OTHERWISE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT30S", // never less than min
        "PT300S, PT30S",
        "PT301S, PT31S", // 30.1 s
        "PT310S, PT31S",
        "PT1234S, PT130S", // 123.4 s
        "PT1200S, PT120S",
        "PT3H, PT1100S", // 1080 s
        "PT35901S, PT1H", // 3590.1 s rounds up to max
        "PT10H, PT1H",
        "P36500D, PT1H",
        "PT-1S, PT30S", // a clock that is ahead
    })
    void aTenthOfTheAgeBetweenHalfAMinuteAndAnHourRoundedUpToTwoDigits(Duration age, Duration ttl) {
        assertThat(AgeTtl.DEFAULT.ttl(NOW.minus(age), NOW, OTHERWISE)).isEqualTo(ttl);
    }

    @Test
    void theLifetimeIsThatOfTheCacheWithoutATimestamp() {
        assertThat(AgeTtl.DEFAULT.ttl(null, NOW, OTHERWISE)).isEqualTo(OTHERWISE);
        assertThat(AgeTtl.DEFAULT.ttl(null, NOW, null)).isNull();
    }

    @Test
    void roundingUpDoesNotPassTheMaximum() {
        AgeTtl odd = new AgeTtl(0.5, Duration.ofMillis(1), Duration.ofSeconds(123));

        assertThat(odd.ttl(NOW.minusSeconds(242), NOW, OTHERWISE)).isEqualTo(Duration.ofSeconds(123));
        assertThat(odd.ttl(NOW.minusSeconds(240), NOW, OTHERWISE)).isEqualTo(Duration.ofSeconds(120));
    }

    @Test
    void theMinimumIsRoundedUpAsWell() {
        AgeTtl odd = new AgeTtl(0.1, Duration.ofMillis(31_500), Duration.ofHours(1));

        assertThat(odd.ttl(NOW, NOW, OTHERWISE)).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void noTimestampAndNoBoundIsTooFarAway() {
        AgeTtl wide = new AgeTtl(1e300, Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

        assertThat(wide.ttl(Instant.MIN, Instant.MAX, OTHERWISE)).isEqualTo(wide.max());
        assertThat(wide.ttl(Instant.MAX, Instant.MIN, OTHERWISE)).isEqualTo(wide.min());
        assertThat(new AgeTtl(1e-300, wide.min(), wide.max()).ttl(Instant.MIN, Instant.MAX, OTHERWISE))
                .isEqualTo(wide.min());
    }

    @Test
    void aLifetimeBelowANanosecondIsOne() {
        AgeTtl tiny = new AgeTtl(0.123456789, Duration.ofNanos(1), Duration.ofHours(1));

        assertThat(tiny.ttl(NOW.minusNanos(9), NOW, OTHERWISE)).isEqualTo(Duration.ofNanos(2));
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        Duration second = Duration.ofSeconds(1);

        for (double alpha : new double[] {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new AgeTtl(alpha, second, second))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alpha is " + alpha);
        }
        assertThatThrownBy(() -> new AgeTtl(0.1, Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new AgeTtl(0.1, second, second.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.999999999S")
                .hasMessageContaining("PT1S");
    }
}
