package io.lexigram.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All figures of a run, by row, metric and round. */
public final class Results {

    private final Map<String, Map<String, SortedMap<Integer, Double>>> rows = new TreeMap<>();

    /** Reads the files of a directory, those of JMH and those of {@link Sample#write}. */
    public static Results read(Path directory) throws IOException {
        Results results = new Results();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                results.addAll(samples(file));
            }
        }
        return results;
    }

    private static List<Sample> samples(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".json")) {
            return List.of();
        }
        return name.startsWith("jmh-") ? JmhFile.read(file) : Sample.read(file);
    }

    void addAll(List<Sample> samples) {
        for (Sample sample : samples) {
            rows.computeIfAbsent(sample.row(), row -> new TreeMap<>())
                    .computeIfAbsent(sample.metric(), metric -> new TreeMap<>())
                    .put(sample.round(), sample.value());
        }
    }

    /** The mean over the rounds. */
    Optional<Estimate> mean(String row, String metric) {
        double[] values = doubles(rounds(row, metric));
        return values.length == 0 ? Optional.empty() : Optional.of(Estimate.mean(values));
    }

    /** The median of the rounds. */
    OptionalDouble median(String row, String metric) {
        double[] sorted = Arrays.stream(doubles(rounds(row, metric))).sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    /** The greatest of the rounds. */
    OptionalDouble greatest(String row, String metric) {
        return Arrays.stream(doubles(rounds(row, metric))).max();
    }

    /** The ratio of two rows over the rounds they have in common. */
    Optional<Estimate> ratio(String of, String to, String metric) {
        SortedMap<Integer, Double> numerators = common(of, to, metric);
        return numerators.isEmpty()
                ? Optional.empty()
                : Optional.of(Estimate.ratio(doubles(numerators), doubles(common(to, of, metric))));
    }

    /** By how much one row is above another over the rounds they have in common. */
    Optional<Estimate> difference(String of, String to, String metric) {
        double[] minuends = doubles(common(of, to, metric));
        double[] subtrahends = doubles(common(to, of, metric));
        if (minuends.length == 0) {
            return Optional.empty();
        }
        double[] differences = new double[minuends.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = minuends[i] - subtrahends[i];
        }
        return Optional.of(Estimate.mean(differences));
    }

    private SortedMap<Integer, Double> common(String row, String other, String metric) {
        SortedMap<Integer, Double> common = new TreeMap<>(rounds(row, metric));
        common.keySet().retainAll(rounds(other, metric).keySet());
        return common;
    }

    private SortedMap<Integer, Double> rounds(String row, String metric) {
        return rows.getOrDefault(row, Map.of()).getOrDefault(metric, new TreeMap<>());
    }

    private static double[] doubles(SortedMap<Integer, Double> rounds) {
        return rounds.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
