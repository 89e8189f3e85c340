package io.lexigram.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH writes about average times with {@code -rf json}, in a file named {@code jmh-<step>-<round>.json}. */
final class JmhFile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, TimeUnit> UNITS = Map.of(
            "ns/op", TimeUnit.NANOSECONDS,
            "us/op", TimeUnit.MICROSECONDS,
            "ms/op", TimeUnit.MILLISECONDS);

    private JmhFile() {}

    static List<Sample> read(Path file) throws IOException {
        List<Sample> samples = new ArrayList<>();
        String text = Files.readString(file);
        for (JsonNode result : text.isBlank() ? JSON.createArrayNode() : JSON.readTree(text)) {
            add(samples, row(result), round(file), result);
        }
        return samples;
    }

    private static void add(List<Sample> samples, String row, int round, JsonNode result) {
        JsonNode time = result.path("primaryMetric");
        TimeUnit unit = UNITS.get(time.path("scoreUnit").asString());
        if (unit == null) {
            throw new IllegalArgumentException(
                    row + " is in " + time.path("scoreUnit") + ", not in one of " + UNITS.keySet());
        }
        samples.add(new Sample(row, Sample.NANOS, round, time.path("score").asDouble() * unit.toNanos(1)));
        JsonNode bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm");
        if (!bytes.isMissingNode()) {
            samples.add(new Sample(row, Sample.BYTES, round, bytes.path("score").asDouble()));
        }
    }

    private static String row(JsonNode result) {
        String[] names = result.path("benchmark").asString().split("\\.", -1);
        int n = names.length;
        int threads = result.path("threads").asInt();
        Map<String, String> parameters = new TreeMap<>();
        result.path("params").forEachEntry((name, value) -> parameters.put(name, value.asString()));
        return names[n - 3] + "." + names[n - 2] + "." + names[n - 1]
                + (threads == 1 ? "" : "@" + threads)
                + (parameters.isEmpty()
                        ? ""
                        : parameters.toString().replace('{', '[').replace('}', ']'));
    }

    private static int round(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1, name.length() - ".json".length()));
    }
}
