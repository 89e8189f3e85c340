package io.lexigram.benchmarks.local;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours in two tiers, answered by the copy in this process. */
@State(Scope.Benchmark)
public class TieredHit {

    private final CacheService service = Lexigram.tiered();
    private final Cache<Product> cache = filled();

    private Cache<Product> filled() {
        Cache<Product> filled = Lexigram.products(service);
        Keys.all().forEach(key -> filled.put(key, Product.of(key)));
        return filled;
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @TearDown
    public void close() {
        service.close();
    }
}
