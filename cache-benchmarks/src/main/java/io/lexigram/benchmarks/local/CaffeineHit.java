package io.lexigram.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Raw Caffeine: what every local hit is measured against. */
@State(Scope.Benchmark)
public class CaffeineHit {

    private final Cache<String, Product> fixed = Filled.caffeine();
    private final Cache<String, Product> variable = Filled.caffeineWithLifePerEntry();

    @Benchmark
    public Product getIfPresent(Keys keys) {
        return Hit.required(fixed.getIfPresent(keys.next()));
    }

    /** With a lifetime for each entry, as a cache must have it whose entries can differ in it. */
    @Benchmark
    public Product getIfPresentVariable(Keys keys) {
        return Hit.required(variable.getIfPresent(keys.next()));
    }
}
