package io.lexigram.benchmarks.run;

import io.lexigram.benchmarks.Redis;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Some JMH benchmarks, each in a JVM of its own, one after the other.
 *
 * @param include a regular expression of their names
 * @param entries the sizes of a growing cache; those of the benchmark where it is empty
 */
record JmhStep(String name, String include, int threads, Length length, List<String> jvmArguments, List<String> entries)
        implements Step {

    /** How long each warms up and is measured. */
    enum Length {
        FULL(4, 1_000, 4, 1_000),
        SHORT(2, 900, 2, 400);

        private final int warmUps;
        private final int warmUpMillis;
        private final int measurements;
        private final int measurementMillis;

        Length(int warmUps, int warmUpMillis, int measurements, int measurementMillis) {
            this.warmUps = warmUps;
            this.warmUpMillis = warmUpMillis;
            this.measurements = measurements;
            this.measurementMillis = measurementMillis;
        }
    }

    JmhStep(String name, String include, int threads, Length length) {
        this(name, include, threads, length, List.of(), List.of());
    }

    @Override
    public void run(int round, Path results) throws Exception {
        String file = "jmh-" + name + "-" + round;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(include)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(threads)
                .forks(1)
                .warmupIterations(length.warmUps)
                .warmupTime(TimeValue.milliseconds(length.warmUpMillis))
                .measurementIterations(length.measurements)
                .measurementTime(TimeValue.milliseconds(length.measurementMillis))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(arguments())
                .shouldFailOnError(true)
                .output(results.resolve(file + ".log").toString())
                .result(results.resolve(file + ".json").toString())
                .resultFormat(ResultFormatType.JSON);
        if (!entries.isEmpty()) {
            options.param("entries", entries.toArray(String[]::new));
        }
        new Runner(options.build()).run();
    }

    private String[] arguments() {
        return Stream.concat(Stream.of("-D" + Redis.PROPERTY + "=" + Redis.uri()), jvmArguments.stream())
                .toArray(String[]::new);
    }
}
