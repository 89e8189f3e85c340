package io.lexigram.benchmarks.run;

import io.lexigram.benchmarks.report.Sample;
import java.nio.file.Path;
import java.util.List;

/** What JMH does not measure. */
record ProcessStep(String name, Measurement measurement) implements Step {

    /** Measures the figures of a round. */
    interface Measurement {
        List<Sample> round(int round) throws Exception;
    }

    @Override
    public void run(int round, Path results) throws Exception {
        Sample.write(results.resolve(name + "-" + round + ".json"), measurement.round(round));
    }
}
