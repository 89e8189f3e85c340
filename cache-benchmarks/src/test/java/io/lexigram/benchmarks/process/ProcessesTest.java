package io.lexigram.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lexigram.benchmarks.report.Sample;
import io.lexigram.benchmarks.startup.Startup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured with processes of its own works; what comes of it is not judged here, but for round trips. */
class ProcessesTest {

    @Test
    void operations_take_as_many_round_trips_as_they_should() throws Exception {
        assertThat(RoundTrips.round(1))
                .extracting(Sample::row, Sample::value)
                .contains(
                        tuple("roundtrips.hit", 1.0),
                        tuple("roundtrips.absent", 2.0),
                        tuple("roundtrips.stale", 3.0),
                        tuple("roundtrips.put", 1.0),
                        tuple("roundtrips.invalidate", 1.0));
    }

    @Test
    void a_stampede_over_three_processes_is_one_load() throws Exception {
        assertThat(Stampede.measure("lexigram-redis", 3, 1))
                .contains(new Sample("stampede.lexigram-redis", "loads", 1, 1));
    }

    @Test
    void minimal_applications_start() throws Exception {
        assertThat(Startup.round(1))
                .extracting(Sample::row)
                .contains("startup.none", "startup.spring", "startup.lexigram");
    }

    @Test
    void a_line_about_the_cost_of_an_invalidation_is_understood() {
        List<Sample> samples = TagCost.samples(
                "| tag | 1000 | 5.8 | 173 | 0.10 / 0.20 / 0.30 / 0.50 | 0.11 / 0.21 / 0.31 / 0.81 | 0.65 (evalsha) |",
                2);

        assertThat(samples)
                .contains(
                        new Sample("tags.tag-1000", "invisible, ms", 2, 5.8),
                        new Sample("tags.tag-1000", "reclaimed, ms", 2, 173),
                        new Sample("tags.tag-1000", "PING idle p99.9, ms", 2, 0.3),
                        new Sample("tags.tag-1000", "PING beside worst, ms", 2, 0.81));
    }
}
