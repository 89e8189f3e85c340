package io.lexigram.benchmarks.growth;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.report.Sample;
import io.lexigram.cache.Cache;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.management.ObjectName;

/** What an entry takes of the heap: by the used heap after collections, before and after so many entries were made. */
public final class EntryMemory {

    private static final int COLLECTIONS = 4;

    private EntryMemory() {}

    /** In a JVM for each of Caffeine, ours, and the keys and values alone. */
    public static List<Sample> round(int round, int entries) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (String holder : List.of("data", "caffeine", "lexigram")) {
            try (ChildJvm child = ChildJvm.start(
                    EntryMemory.class, List.of("-Xmx3g", "-XX:+UseSerialGC"), holder, String.valueOf(entries))) {
                samples.add(
                        new Sample("memory." + holder, "bytes per entry", round, Double.parseDouble(child.answer())));
            }
        }
        return samples;
    }

    /** @param arguments who holds the entries, and how many */
    public static void main(String[] arguments) {
        int entries = Integer.parseInt(arguments[1]);
        BiConsumer<String, Product> holder = holder(arguments[0], entries);
        holder.accept("warm-up", Product.of("warm-up"));
        ChildJvm.say(String.valueOf((double) growth(holder, entries) / entries));
        System.exit(0);
    }

    /** By how many bytes the heap is larger with the entries. */
    private static long growth(BiConsumer<String, Product> holder, int entries) {
        long before = used();
        try {
            for (int i = 0; i < entries; i++) {
                String key = "product-" + i;
                holder.accept(key, Product.of(key));
            }
            return used() - before;
        } finally {
            Reference.reachabilityFence(holder);
        }
    }

    private static BiConsumer<String, Product> holder(String name, int entries) {
        return switch (name) {
            case "data" -> arrays(entries);
            case "caffeine" ->
                Caffeine.newBuilder()
                        .maximumSize(2L * entries)
                        .expireAfterWrite(Duration.ofHours(1))
                        .recordStats()
                        .<String, Product>build()::put;
            case "lexigram" -> {
                Cache<Product> cache = Lexigram.products(Lexigram.memory(2L * entries));
                yield cache::put;
            }
            default -> throw new IllegalArgumentException("Nothing is called " + name);
        };
    }

    private static BiConsumer<String, Product> arrays(int entries) {
        Object[] held = new Object[2 * entries + 2];
        int[] size = {0};
        return (key, product) -> {
            held[size[0]++] = key;
            held[size[0]++] = product;
        };
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Instances by the name of their class, after a collection. */
    static Map<String, Long> instances() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> instances = new HashMap<>();
        histogram.lines().map(line -> line.trim().split("\\s+", -1)).forEach(columns -> {
            if (columns.length >= 4 && columns[0].endsWith(":")) {
                instances.merge(columns[3], Long.valueOf(columns[1]), Long::sum);
            }
        });
        return instances;
    }
}
