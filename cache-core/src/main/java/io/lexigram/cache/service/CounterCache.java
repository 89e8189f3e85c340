package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.counter.CounterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The cache of counters, which hides no fault. A counter of a service that is switched off would count nothing: it throws. */
final class CounterCache implements CounterStore {

    static final CacheSpec<Long> SPEC = CacheSpec.of(CacheService.COUNTERS, Long.class)
            .eternal()
            .jitter(0)
            .failOpen(false)
            .build();

    private static final int CHUNK = 500;

    private final StrictCache<Long> cache;

    CounterCache(StrictCache<Long> cache) {
        this.cache = cache;
    }

    @Override
    public long add(String key, long by) {
        requireBackend();
        return cache.increment(key, by);
    }

    @Override
    public void set(String key, long value) {
        requireBackend();
        cache.resetCounter(key, value);
    }

    @Override
    public Map<String, Long> find(String prefix) {
        requireBackend();
        Map<String, Long> found = new HashMap<>();
        List<String> chunk = new ArrayList<>(CHUNK);
        try (Stream<String> keys = cache.keys(literally(prefix) + "*")) {
            for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
                chunk.add(each.next());
                if (chunk.size() == CHUNK || !each.hasNext()) {
                    read(chunk, found);
                    chunk.clear();
                }
            }
        }
        return found;
    }

    private void read(List<String> keys, Map<String, Long> into) {
        BatchResult<Long> counters = cache.getMany(keys);
        counters.found().forEach((key, value) -> {
            if (value != null) {
                into.put(key, value);
            }
        });
    }

    private void requireBackend() {
        if (cache.region().backend() instanceof NoBackend) {
            throw new CacheBackendException(
                    "The cache is switched off, and nothing is counted without it. Set lexigram.cache.enabled: true.");
        }
    }

    /** The text as a glob that matches it and nothing else. */
    private static String literally(String text) {
        return text.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }
}
