package io.lexigram.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSpecTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUS = Duration.ofSeconds(-1);

    @Test
    void toBuilderKeepsEverySetting() {
        CacheSpec<Integer> copy = CacheSpec.of("a", String.class)
                .sliding(true)
                .pointerTtl(SECOND)
                .ageTtl(AgeTtl.DEFAULT)
                .failSafe(null)
                .loadTimeout(new LoadTimeout(null, SECOND))
                .refreshAhead(RefreshAhead.DEFAULT)
                .build()
                .toBuilder("b", TypeRef.of(Integer.class))
                .build();

        assertThat(copy.sliding()).isTrue();
        assertThat(copy.pointerTtl()).isEqualTo(SECOND);
        assertThat(copy.ageTtl()).isEqualTo(new CacheSpec.Feature<>(AgeTtl.DEFAULT));
        assertThat(copy.failSafe()).isEqualTo(CacheSpec.Feature.off());
        assertThat(copy.loadTimeout()).isEqualTo(new LoadTimeout(null, SECOND));
        assertThat(copy.refreshAhead()).isEqualTo(new CacheSpec.Feature<>(RefreshAhead.DEFAULT));
    }

    @Test
    void aPointerTtlOfZeroIsRefused() {
        assertThatThrownBy(() -> CacheSpec.of("a", String.class).pointerTtl(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pointerTtl is PT0S but must be longer than zero");
    }

    @Test
    void aFailSafeHasAWindowAndNoNegativeThrottle() {
        assertThat(new FailSafe(SECOND, Duration.ZERO).throttle()).isZero();
        assertThatThrownBy(() -> new FailSafe(Duration.ZERO, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new FailSafe(SECOND, MINUS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }

    @Test
    void aLoadTimeoutHasASoftLimitBelowTheHardOne() {
        assertThat(new LoadTimeout(SECOND, SECOND.plusNanos(1)).soft()).isEqualTo(SECOND);
        assertThatThrownBy(() -> new LoadTimeout(SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT1S");
        assertThatThrownBy(() -> new LoadTimeout(null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoadTimeout(MINUS, null)).hasMessageContaining("soft load timeout is PT-1S");
        assertThatThrownBy(() -> new LoadTimeout(null, MINUS)).hasMessageContaining("hard load timeout is PT-1S");
    }

    @Test
    void betaIsAboveZero() {
        for (double beta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new RefreshAhead(beta))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("beta is " + beta);
        }
    }
}
