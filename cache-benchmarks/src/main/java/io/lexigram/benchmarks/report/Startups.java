package io.lexigram.benchmarks.report;

import java.util.Optional;
import java.util.OptionalDouble;

/** The start of a minimal application: without a cache, with Spring's, with ours. */
final class Startups {

    static final String NONE = "startup.none";
    static final String SPRING = "startup.spring";
    static final String LEXIGRAM = "startup.lexigram";

    private Startups() {}

    /** What ours adds to an application without a cache, for 1 that Spring's adds, by medians. */
    static Optional<Estimate> added(Results results, String metric) {
        OptionalDouble none = results.median(NONE, metric);
        OptionalDouble ours = results.median(LEXIGRAM, metric);
        OptionalDouble springs = results.median(SPRING, metric);
        if (none.isEmpty() || ours.isEmpty() || springs.isEmpty()) {
            return Optional.empty();
        }
        double ratio = (ours.getAsDouble() - none.getAsDouble()) / (springs.getAsDouble() - none.getAsDouble());
        return Optional.of(new Estimate(ratio, ratio, ratio));
    }

    static String table(Results results) {
        Table table = new Table(
                "",
                "main to ready, ms: median",
                "CPU of the process, ms: median",
                "heap after a collection, KiB: median");
        row(table, results, "no cache", NONE);
        row(table, results, "spring-boot-starter-cache, Caffeine, one `@Cacheable`", SPRING);
        row(table, results, "**ours, one `@Cached`**", LEXIGRAM);
        return table.toString();
    }

    private static void row(Table table, Results results, String label, String row) {
        table.row(
                label,
                text(results.median(row, "ms")),
                text(results.median(row, "cpu")),
                text(results.median(row, "heap")));
    }

    private static String text(OptionalDouble figure) {
        return figure.isEmpty() ? "–" : Estimate.Figures.of(figure.getAsDouble());
    }
}
