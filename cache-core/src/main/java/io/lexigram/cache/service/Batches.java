package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Splits batches of keys by their namespaces, and puts the answers together again. */
final class Batches {

    private Batches() {}

    static Map<String, List<String>> byNamespace(Collection<CacheKey> keys) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (CacheKey key : keys) {
            groups.computeIfAbsent(Directory.namespaceOf(key), n -> new ArrayList<>())
                    .add(key.key());
        }
        return groups;
    }

    static <V> BatchResult<V> read(
            Collection<CacheKey> keys, Function<String, Function<Collection<String>, BatchResult<V>>> readers) {
        Map<String, CacheKey> names = new LinkedHashMap<>();
        for (CacheKey key : keys) {
            CacheKey other = names.putIfAbsent(key.fullKey(), key);
            if (other != null && !other.equals(key)) {
                throw new CacheKeyException("Two different keys of the batch share the full key '" + key.fullKey()
                        + "'. Ask for them in two batches.");
            }
        }
        Map<String, BatchResult<V>> answers = new LinkedHashMap<>();
        byNamespace(names.values())
                .forEach((namespace, group) ->
                        answers.put(namespace, readers.apply(namespace).apply(group)));
        Map<String, Lookup<V>> lookups = new LinkedHashMap<>();
        names.forEach((name, key) -> lookups.put(
                name,
                Objects.requireNonNull(Objects.requireNonNull(answers.get(Directory.namespaceOf(key)))
                        .lookups()
                        .get(key.key()))));
        return new BatchResult<>(lookups);
    }

    /** Values that go to one namespace with the same options. */
    record Group(String namespace, CallOptions options, Map<String, @Nullable Object> values) {}

    static Collection<Group> grouped(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options) {
        record Id(String namespace, Set<String> tags) {}
        Map<Id, Group> groups = new LinkedHashMap<>();
        values.forEach((key, value) -> groups.computeIfAbsent(
                        new Id(Directory.namespaceOf(key), key.tags()),
                        id -> new Group(
                                id.namespace(), DefaultCacheService.tagged(key, options), new LinkedHashMap<>()))
                .values()
                .put(key.key(), value));
        return groups.values();
    }
}
