package io.lexigram.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1.5 | 1.6 | yes
                    1.5 | 1.9 | yes, within the noise
                    1.8 | 2.1 | **no**
                    1.6 | 2.1 | **no**, within the noise
                    """)
    void a_verdict_says_whether_the_interval_reaches_over_the_target(double low, double high, String verdict) {
        Estimate measured = new Estimate((low + high) / 2, low, high);
        double limit = 1.75;

        assertThat(Target.atMost(limit, "figure", results -> Optional.of(measured))
                        .cells(new Results()))
                .endsWith(verdict);
    }

    @ParameterizedTest
    @CsvSource({"0.9, **no**", "0.96, yes"})
    void a_least_value_is_met_from_above(double value, String verdict) {
        Results results = new Results();
        results.addAll(List.of(new Sample("row", "metric", 1, value)));

        assertThat(Target.atLeast(0.95, "figure", measured -> measured.mean("row", "metric"))
                        .cells(results))
                .containsExactly("figure", "≥ 0.95", Estimate.Figures.of(value), verdict);
    }
}
