package io.lexigram.benchmarks.remote;

import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours in two tiers, where Redis and the other nodes have to be told. */
@State(Scope.Benchmark)
public class TieredRemote {

    private final CacheService service = Lexigram.tiered();
    private final Cache<Product> cache = Lexigram.products(service);

    @Benchmark
    public void put(Keys keys) {
        String key = keys.next();
        cache.put(key, Product.of(key));
    }

    @Benchmark
    public boolean invalidate(Keys keys) {
        return cache.delete(keys.next());
    }

    @TearDown
    public void close() {
        service.close();
    }
}
