package io.lexigram.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The generated part of {@code docs/performance.md}, between two marks; what is outside of them stays as it is. */
public final class Page {

    static final String BEGIN = "<!-- Written by cache-benchmarks/run: change nothing here. -->";
    static final String END = "<!-- End of what is written by cache-benchmarks/run. -->";

    private final Results results;
    private final String machine;

    public Page(Results results, String machine) {
        this.results = results;
        this.machine = machine;
    }

    /** Replaces the generated part, and writes the charts beside it into {@code images}. */
    public void writeTo(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    page + " does not have the lines '" + BEGIN + "' and '" + END + "', in this order");
        }
        Files.writeString(
                page, text.substring(0, begin + BEGIN.length()) + "\n\n" + markdown() + "\n" + text.substring(end));
        Path images = Files.createDirectories(page.resolveSibling("images"));
        for (Comparison comparison : measured()) {
            Files.writeString(images.resolve(comparison.file() + ".svg"), comparison.chart(results));
        }
    }

    String markdown() {
        StringBuilder page = new StringBuilder("## Side by side\n\n" + machine + "\n\n");
        page.append(
                        "Each figure is the mean of rounds; in a round each row has a JVM of its own, one after the other. A ratio is the\n")
                .append(
                        "geometric mean of the ratios of the rounds, with its interval of confidence of 95 %. Rows on Redis with one thread\n")
                .append("measure the wake-up of threads and rank nobody.\n\n### Targets\n\n")
                .append(targets());
        for (Comparison comparison : measured()) {
            page.append("\n### ")
                    .append(comparison.title())
                    .append("\n\n![](images/")
                    .append(comparison.file())
                    .append(".svg)\n\n")
                    .append(comparison.table(results));
        }
        page.append("\n### Threads\n\nHits in memory, ns per operation as each thread sees it.\n\n")
                .append(Scaling.table(results));
        page.append(Processes.sections(results));
        return page.toString();
    }

    /** The ratios alone, for a terminal. */
    public String ratios() {
        StringBuilder text = new StringBuilder(machine + "\n\n");
        for (Target target : Targets.all()) {
            String[] cells = target.cells(results);
            if (!cells[2].equals("–")) {
                text.append(String.format("%-72s %8s  %s  %s%n", cells[0], cells[1], cells[2], cells[3]));
            }
        }
        for (Comparison comparison : measured()) {
            text.append("\n").append(comparison.title()).append("\n").append(comparison.table(results));
        }
        return text.toString();
    }

    private String targets() {
        Table table = new Table("figure", "target", "measured", "met");
        Targets.all().forEach(target -> table.row(target.cells(results)));
        return table.toString();
    }

    private List<Comparison> measured() {
        return Comparisons.all().stream()
                .filter(comparison -> comparison.lines().stream()
                        .anyMatch(line -> results.mean(Comparison.at(comparison.threads(), line.row()), Sample.NANOS)
                                .isPresent()))
                .toList();
    }
}
