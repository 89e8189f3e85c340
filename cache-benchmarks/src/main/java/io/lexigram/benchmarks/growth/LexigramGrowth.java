package io.lexigram.benchmarks.growth;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours in memory with many entries. */
@State(Scope.Benchmark)
public class LexigramGrowth {

    private final CacheService service = Lexigram.memory(Integer.MAX_VALUE);
    private final Cache<Product> cache = Lexigram.products(service);

    @Setup
    public void fill(Entries entries) {
        Product product = Product.of("1");
        for (String key : entries.keys()) {
            cache.put(key, product);
        }
    }

    @Benchmark
    public Product get(Entries entries) {
        return Hit.required(cache.get(entries.next()));
    }

    @TearDown
    public void close() {
        service.close();
    }
}
