package io.lexigram.benchmarks.remote;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours on Redis alone. */
@State(Scope.Benchmark)
public class LexigramRemote {

    private final CacheService service = Lexigram.redis();
    private final Cache<Product> cache = Lexigram.products(service);

    public LexigramRemote() {
        Keys.all().forEach(key -> cache.put(key, Product.of(key)));
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @Benchmark
    public BatchResult<Product> getMany(Keys keys) {
        return cache.getMany(keys.next(Remote.BATCH));
    }

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
