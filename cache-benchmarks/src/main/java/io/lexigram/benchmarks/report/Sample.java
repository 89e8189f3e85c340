package io.lexigram.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * One figure of one round.
 *
 * @param row what was measured, such as {@code local.CaffeineHit.getIfPresent}, with {@code @8} for 8 threads and
 *     {@code [entries=1000]} for parameters
 * @param metric {@link #NANOS}, {@link #BYTES}, or one of its own
 */
public record Sample(String row, String metric, int round, double value) {

    /** Nanoseconds for an operation, as each thread sees it. */
    public static final String NANOS = "ns";

    /** Bytes allocated for an operation, by all threads. */
    public static final String BYTES = "bytes";

    private static final JsonMapper JSON = new JsonMapper();

    public static void write(Path file, List<Sample> samples) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(samples));
    }

    static List<Sample> read(Path file) throws IOException {
        return List.of(JSON.readValue(Files.readString(file), Sample[].class));
    }
}
