package io.lexigram.benchmarks.process;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.report.Sample;
import io.lexigram.cache.measure.InvalidationCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the invalidation of tags and namespaces costs by their size: {@link InvalidationCost}, read from what it prints. */
public final class TagCost {

    /** Pairs of a number of entries and of times; the last time counts, the others warm up. */
    private static final String ROUNDS = "1000 3 10000 3 100000 1";

    private TagCost() {}

    public static List<Sample> round(int round) throws Exception {
        try (ChildJvm child = ChildJvm.start(InvalidationCost.class, List.of("-Dlexigram.measure.rounds=" + ROUNDS))) {
            List<Sample> samples = child.lines().stream()
                    .filter(line -> line.startsWith("| tag |") || line.startsWith("| namespace |"))
                    .flatMap(line -> samples(line, round).stream())
                    .toList();
            if (samples.isEmpty()) {
                throw new IllegalStateException(InvalidationCost.class.getName() + " printed no figures");
            }
            return samples;
        }
    }

    /** @param line such as {@code | tag | 1000 | 5.8 | 173 | p50 / p99 / p99.9 / worst | the same beside | ... |} */
    static List<Sample> samples(String line, int round) {
        String[] cells = line.substring(1).split("\\|", -1);
        String row = "tags." + cells[0].trim() + "-" + cells[1].trim();
        double[] idle = pings(cells[4]);
        double[] beside = pings(cells[5]);
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample(row, "invisible, ms", round, Double.parseDouble(cells[2])));
        samples.add(new Sample(row, "reclaimed, ms", round, Double.parseDouble(cells[3])));
        samples.add(new Sample(row, "PING idle p99.9, ms", round, idle[2]));
        samples.add(new Sample(row, "PING beside p99.9, ms", round, beside[2]));
        samples.add(new Sample(row, "PING beside worst, ms", round, beside[3]));
        return samples;
    }

    private static double[] pings(String cell) {
        return Arrays.stream(cell.split("/", -1))
                .mapToDouble(part -> Double.parseDouble(part.trim()))
                .toArray();
    }
}
