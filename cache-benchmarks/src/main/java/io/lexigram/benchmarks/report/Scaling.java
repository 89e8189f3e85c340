package io.lexigram.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same hit by more and more threads, and in caches that hold more and more. */
final class Scaling {

    static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16, 32, 64);
    static final List<Integer> ENTRIES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);

    private static final Map<String, String> BY_THREADS = new LinkedHashMap<>();
    private static final Map<String, String> BY_ENTRIES = new LinkedHashMap<>();

    static {
        BY_THREADS.put("Caffeine getIfPresent", Comparisons.CAFFEINE);
        BY_THREADS.put("**typed handle**", Comparisons.TYPED);
        BY_THREADS.put("**`@Cached` `#id`**", Comparisons.ANNOTATED);
        BY_THREADS.put("JetCache local", "local.JetCacheHit.get");
        BY_ENTRIES.put("Caffeine getIfPresent", "growth.CaffeineGrowth.get");
        BY_ENTRIES.put("**typed handle**", "growth.LexigramGrowth.get");
        BY_ENTRIES.put("**ours on Redis**", "growth.RedisGrowth.get");
    }

    private Scaling() {}

    static String table(Results results) {
        return table(results, BY_THREADS, THREADS, Comparison::at);
    }

    static String byEntries(Results results) {
        return table(results, BY_ENTRIES, ENTRIES, (entries, row) -> row + "[entries=" + entries + "]");
    }

    private static String table(Results results, Map<String, String> rows, List<Integer> sizes, Naming naming) {
        Table table = new Table(Stream.concat(
                        Stream.of(""),
                        sizes.stream().map(size -> size < 100 ? String.valueOf(size) : Estimate.Figures.of(size)))
                .toArray(String[]::new));
        rows.forEach((label, row) -> table.row(Stream.concat(
                        Stream.of(label), sizes.stream().map(size -> results.mean(naming.row(size, row), Sample.NANOS)
                                .map(time -> Estimate.Figures.of(time.value()))
                                .orElse("–")))
                .toArray(String[]::new)));
        return table.toString();
    }

    /** The row of a size. */
    private interface Naming {
        String row(int size, String row);
    }
}
