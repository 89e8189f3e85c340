package io.lexigram.benchmarks.growth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Product;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Raw Caffeine with many entries. */
@State(Scope.Benchmark)
public class CaffeineGrowth {

    private final Cache<String, Product> cache = Caffeine.newBuilder()
            .maximumSize(Integer.MAX_VALUE)
            .expireAfterWrite(Duration.ofHours(1))
            .recordStats()
            .build();

    @Setup
    public void fill(Entries entries) {
        Product product = Product.of("1");
        for (String key : entries.keys()) {
            cache.put(key, product);
        }
    }

    @Benchmark
    public Product get(Entries entries) {
        return Hit.required(cache.getIfPresent(entries.next()));
    }
}
