package io.lexigram.benchmarks.growth;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Lexigram;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheService;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours on a Redis with many entries. */
@State(Scope.Benchmark)
public class RedisGrowth {

    private static final int CHUNK = 1_000;

    private final CacheService service = Lexigram.redis();
    private final Cache<Product> cache = Lexigram.products(service);

    @Setup
    public void fill(Entries entries) {
        String[] keys = entries.keys();
        for (int from = 0; from < keys.length; from += CHUNK) {
            Map<String, Product> chunk = Arrays.stream(keys, from, Math.min(from + CHUNK, keys.length))
                    .collect(Collectors.toMap(Function.identity(), Product::of));
            cache.putMany(chunk);
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
