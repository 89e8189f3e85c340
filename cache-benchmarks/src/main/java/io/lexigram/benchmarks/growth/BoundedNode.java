package io.lexigram.benchmarks.growth;

import io.lexigram.benchmarks.ChildJvm;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.benchmarks.report.Sample;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.spi.StoredEntry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** Far more keys than a node may hold, put and loaded in turn, and what is alive of them in the end. */
public final class BoundedNode {

    private static final int MAX_ENTRIES = 10_000;

    private BoundedNode() {}

    public static List<Sample> round(int round, int keys) throws Exception {
        try (ChildJvm child = ChildJvm.start(BoundedNode.class, List.of("-Xmx128m"), String.valueOf(keys))) {
            String[] figures = child.answer().split(" ", -1);
            return List.of(
                    new Sample("bounded.lexigram", "entries", round, Double.parseDouble(figures[0])),
                    new Sample("bounded.lexigram", "stored entries", round, Double.parseDouble(figures[1])),
                    new Sample("bounded.lexigram", "nodes of Caffeine", round, Double.parseDouble(figures[2])),
                    new Sample("bounded.lexigram", "heap, MiB", round, Double.parseDouble(figures[3])));
        }
    }

    /** @param arguments how many keys */
    public static void main(String[] arguments) throws Exception {
        int keys = Integer.parseInt(arguments[0]);
        CacheService service = Lexigram.memory(MAX_ENTRIES);
        Cache<Product> cache = Lexigram.products(service);
        for (int i = 0; i < keys; i++) {
            String key = "product-" + i;
            if (i % 2 == 0) {
                cache.put(key, Product.of(key));
            } else {
                cache.get(key, () -> Product.of(key));
            }
        }
        cache.cleanupExpired();
        Map<String, Long> instances = EntryMemory.instances();
        long nodes = instances.entrySet().stream()
                .filter(entry -> entry.getKey().matches("com\\.github\\.benmanes\\.caffeine\\.cache\\.[FPW][A-Z]+"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        ChildJvm.say(cache.keys("*").count() + " " + instances.getOrDefault(StoredEntry.class.getName(), 0L) + " "
                + nodes + " " + used / 1024.0 / 1024.0);
        service.close();
        System.exit(0);
    }
}
