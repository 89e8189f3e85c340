package io.lexigram.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that do the same, beside the one they are measured against.
 *
 * @param file the name of the chart
 * @param threads how many threads do it at once
 * @param base the row that counts as 1, without its threads
 */
record Comparison(String title, String file, int threads, Unit unit, String base, List<Line> lines) {

    /** How times are written. */
    enum Unit {
        NANOS("ns", 1),
        MICROS("µs", 1_000);

        private final String symbol;
        private final double nanos;

        Unit(String symbol, double nanos) {
            this.symbol = symbol;
            this.nanos = nanos;
        }
    }

    /** @param row without its threads */
    record Line(String label, String row, boolean ours) {

        static Line peer(String label, String row) {
            return new Line(label, row, false);
        }

        static Line ours(String label, String row) {
            return new Line(label, row, true);
        }
    }

    static String at(int threads, String row) {
        return threads == 1 ? row : row + "@" + threads;
    }

    String table(Results results) {
        Table table = new Table("", unit.symbol + " per operation", "operations/s", "ratio", "bytes allocated");
        for (Line line : lines) {
            String row = at(threads, line.row);
            results.mean(row, Sample.NANOS)
                    .ifPresent(time -> table.row(
                            line.ours ? "**" + line.label + "**" : line.label,
                            Estimate.Figures.of(time.value() / unit.nanos),
                            Estimate.Figures.of(threads * 1e9 / time.value()),
                            text(results.ratio(row, at(threads, base), Sample.NANOS)),
                            results.mean(row, Sample.BYTES)
                                    .map(bytes -> Estimate.Figures.of(settled(bytes.value())))
                                    .orElse("–")));
        }
        return table.toString();
    }

    /** Less than one byte for an operation is what the measurement itself allocates. */
    private static double settled(double bytes) {
        return bytes < 1 ? 0 : bytes;
    }

    private static String text(Optional<Estimate> ratio) {
        return ratio.map(Estimate::toString).orElse("–");
    }

    String chart(Results results) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Line line : lines) {
            results.mean(at(threads, line.row), Sample.NANOS)
                    .ifPresent(time -> bars.add(new BarChart.Bar(line.label, time.value() / unit.nanos, line.ours)));
        }
        return BarChart.svg(title + ", " + unit.symbol + " per operation", bars);
    }
}
