package io.lexigram.benchmarks.local;

import io.lexigram.benchmarks.Hit;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.backend.memory.MemoryBackend;
import io.lexigram.cache.codec.json.JsonCodec;
import io.lexigram.cache.service.LexigramCache;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Ours in memory, by the service and by a typed handle. */
@State(Scope.Benchmark)
public class LexigramHit {

    private final CacheService service = LexigramCache.builder()
            .backend(
                    "memory",
                    MemoryBackend.builder().maxSize(Filled.MAX_ENTRIES).build())
            .codec(new JsonCodec())
            .build();
    private final Cache<Product> cache = filled();
    private final Map<String, CacheKey> cacheKeys = new HashMap<>();

    public LexigramHit() {
        Keys.all().forEach(key -> cacheKeys.put(key, CacheKey.of(key).in("products")));
    }

    private Cache<Product> filled() {
        Cache<Product> filled = service.cache(
                CacheSpec.of("products", Product.class).ttl(Filled.TTL).build());
        Keys.all().forEach(key -> filled.put(key, Product.of(key)));
        return filled;
    }

    @Benchmark
    public Product get(Keys keys) {
        return Hit.required(cache.get(keys.next()));
    }

    @Benchmark
    public Lookup<Product> lookup(Keys keys) {
        return cache.lookup(keys.next());
    }

    @Benchmark
    public Product getOrLoad(Keys keys) {
        return Hit.required(cache.<RuntimeException>get(keys.next(), () -> null));
    }

    /** By the service, with a key the caller makes for the call. */
    @Benchmark
    public Product untyped(Keys keys) {
        return Hit.required(service.get(CacheKey.of(keys.next()).in("products"), Product.class));
    }

    /** By the service, with keys that exist; finding them in a map is part of it. */
    @Benchmark
    public Product untypedKept(Keys keys) {
        return Hit.required(service.get(Hit.required(cacheKeys.get(keys.next())), Product.class));
    }

    @TearDown
    public void close() {
        service.close();
    }
}
