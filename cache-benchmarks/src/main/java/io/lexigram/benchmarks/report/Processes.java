package io.lexigram.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What is measured with processes of its own instead of JMH. */
final class Processes {

    private static final Map<String, String> STAMPEDES = new LinkedHashMap<>();
    private static final Map<String, String> TIERS = new LinkedHashMap<>();
    private static final Map<String, String> MEMORY = new LinkedHashMap<>();
    private static final Map<String, String> TRIPS = new LinkedHashMap<>();
    private static final Map<String, String> CLEARS = new LinkedHashMap<>();
    private static final Map<String, String> TAGS = new LinkedHashMap<>();

    static {
        STAMPEDES.put("**ours, memory, 1 JVM**", "stampede.lexigram-memory");
        STAMPEDES.put("**ours, Redis, 3 JVMs**", "stampede.lexigram-redis");
        STAMPEDES.put("**ours, two tiers, 3 JVMs**", "stampede.lexigram-tiered");
        STAMPEDES.put("Spring CaffeineCache, get, then put", "stampede.spring-caffeine");
        STAMPEDES.put("Spring CaffeineCache, `sync`", "stampede.spring-caffeine-sync");
        STAMPEDES.put("Spring RedisCache, `sync`", "stampede.spring-redis-sync");
        STAMPEDES.put("Spring RedisCache, `sync`, locking writer", "stampede.spring-redis-locking");
        STAMPEDES.put("JetCache local", "stampede.jetcache-local");
        STAMPEDES.put("JetCache local, penetration protection", "stampede.jetcache-local-protected");
        STAMPEDES.put("JetCache Redis, penetration protection", "stampede.jetcache-redis-protected");
        TIERS.put("**ours, two tiers**", "tiers.lexigram-tiered");
        TIERS.put("**ours, Redis alone**", "tiers.lexigram-redis");
        TIERS.put("Redisson RLocalCachedMap", "tiers.redisson-local");
        MEMORY.put("keys and values in arrays", "memory.data");
        MEMORY.put("Caffeine", "memory.caffeine");
        MEMORY.put("**ours**", "memory.lexigram");
        TRIPS.put("hit", "roundtrips.hit");
        TRIPS.put("load of an absent key", "roundtrips.absent");
        TRIPS.put("load of what a tag invalidated", "roundtrips.stale");
        TRIPS.put("put", "roundtrips.put");
        TRIPS.put("invalidation", "roundtrips.invalidate");
        for (String size : List.of("1000", "10000", "100000")) {
            TAGS.put("tag of " + size, "tags.tag-" + size);
        }
        for (String size : List.of("1000", "10000", "100000")) {
            TAGS.put("namespace of " + size, "tags.namespace-" + size);
        }
        CLEARS.put("**ours, clear()**", "clear.lexigram");
        CLEARS.put("Spring, clear() as it comes", "clear.spring");
        CLEARS.put("Spring, clear() with SCAN of 1 000", "clear.spring-scan");
    }

    private Processes() {}

    static String sections(Results results) {
        return section(
                        "Round trips",
                        "Of one operation on Redis, counted by a proxy between the connection and the server.",
                        medians(results, TRIPS, "count"))
                + section(
                        "Emptying a cache of 100 000 entries on Redis",
                        "Invisible: until another client finds nothing. PING: of another process, the worst.",
                        medians(results, CLEARS, "returned, ms", "invisible, ms", "PING idle, ms", "PING beside, ms"))
                + section(
                        "Invalidation by size",
                        "Ours on Redis. Invisible: until another service misses. Reclaimed: until the call returns with the exact count.",
                        medians(
                                results,
                                TAGS,
                                "invisible, ms",
                                "reclaimed, ms",
                                "PING idle p99.9, ms",
                                "PING beside p99.9, ms",
                                "PING beside worst, ms"))
                + section(
                        "A stampede",
                        "200 threads ask for one missing key at once; the loader takes 50 ms. Times in ms; medians of the rounds.",
                        medians(results, STAMPEDES, "loads", "p50", "p99", "max"))
                + section(
                        "Reads while another process writes",
                        "1 024 keys; another JVM writes one of them for each 100 reads. Nanoseconds per read, in blocks of 100.",
                        medians(results, TIERS, "mean", "p50", "p99"))
                + section(
                        "Start-up",
                        "A minimal application with Spring Boot, started in turn.",
                        Startups.table(results)
                                + "\nClasses of Redis, Lettuce and Netty that an application with the driver on its class path, and"
                                + " without Redis in its properties, loads: "
                                + text(results.greatest("startup.redis", "classes")) + ".\n")
                + section(
                        "Growth",
                        "A hit in a cache that holds so many entries, at random keys, 1 thread, ns per operation.",
                        Scaling.byEntries(results))
                + section(
                        "Memory",
                        "Heap for an entry of a cache with 1 000 000 entries, in bytes.",
                        medians(results, MEMORY, "bytes per entry"))
                + section(
                        "Bounds",
                        "10 million distinct keys put into a memory backend of at most 10 000 entries: the objects of a kind that are alive"
                                + " at the end, and the heap.",
                        medians(
                                results,
                                Map.of("**ours**", "bounded.lexigram"),
                                "entries",
                                "stored entries",
                                "nodes of Caffeine",
                                "heap, MiB"));
    }

    private static String section(String title, String note, String table) {
        return "\n### " + title + "\n\n" + note + "\n\n" + table;
    }

    private static String medians(Results results, Map<String, String> rows, String... metrics) {
        Table table = new Table(Stream.concat(Stream.of(""), Stream.of(metrics)).toArray(String[]::new));
        rows.forEach((label, row) -> table.row(
                Stream.concat(Stream.of(label), Stream.of(metrics).map(metric -> text(results.median(row, metric))))
                        .toArray(String[]::new)));
        return table.toString();
    }

    private static String text(OptionalDouble figure) {
        return figure.isEmpty() ? "–" : Estimate.Figures.of(figure.getAsDouble());
    }
}
