package io.lexigram.benchmarks.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.lexigram.benchmarks.Keys;
import io.lexigram.benchmarks.Product;
import java.time.Duration;

/** Caffeine caches with all keys in them, bounded, with expiry and statistics. */
final class Filled {

    static final Duration TTL = Duration.ofHours(1);
    static final int MAX_ENTRIES = 10_000;

    private Filled() {}

    static Caffeine<Object, Object> builder() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(TTL)
                .recordStats();
    }

    static Cache<String, Product> caffeine() {
        return filled(builder().build());
    }

    static Cache<String, Product> caffeineWithLifePerEntry() {
        return filled(Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfter(Expiry.<String, Product>writing((key, value) -> TTL))
                .recordStats()
                .build());
    }

    private static Cache<String, Product> filled(Cache<String, Product> cache) {
        Keys.all().forEach(key -> cache.put(key, Product.of(key)));
        return cache;
    }
}
