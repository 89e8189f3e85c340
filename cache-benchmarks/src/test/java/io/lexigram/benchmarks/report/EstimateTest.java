package io.lexigram.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    @Test
    void a_mean_has_the_interval_of_students_distribution() {
        Estimate mean = Estimate.mean(new double[] {1, 2, 3, 4});

        assertThat(mean.value()).isEqualTo(2.5);
        assertThat(mean.high() - mean.value()).isEqualTo(3.182 * Math.sqrt(5.0 / 3 / 4), within(1e-9));
        assertThat(mean.low()).isEqualTo(5 - mean.high(), within(1e-9));
    }

    @Test
    void one_round_has_no_interval() {
        assertThat(Estimate.mean(new double[] {7}).hasInterval()).isFalse();
    }

    @Test
    void a_ratio_compares_round_by_round() {
        Estimate ratio = Estimate.ratio(new double[] {20, 200, 2_000}, new double[] {10, 100, 1_000});

        assertThat(ratio.value()).isEqualTo(2, within(1e-9));
        assertThat(ratio.high() - ratio.low()).isEqualTo(0, within(1e-9));
    }

    @Test
    void a_ratio_and_its_inverse_tell_the_same() {
        Estimate ratio = Estimate.ratio(new double[] {1, 4}, new double[] {1, 1});
        Estimate inverse = Estimate.ratio(new double[] {1, 1}, new double[] {1, 4});

        assertThat(ratio.value()).isEqualTo(2, within(1e-9));
        assertThat(inverse.value()).isEqualTo(0.5, within(1e-9));
        assertThat(inverse.low()).isEqualTo(1 / ratio.high(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"1234567, 1 234 567", "123.4, 123", "12.34, 12.3", "25, 25", "1.234, 1.23", "0.001, 0", "-3.456, -3.46"
    })
    void figures_have_three_digits_that_count(double figure, String text) {
        assertThat(Estimate.Figures.of(figure)).isEqualTo(text);
    }
}
