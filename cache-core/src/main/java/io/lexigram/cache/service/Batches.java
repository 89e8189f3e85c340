package io.lexigram.cache.service;

import io.lexigram.cache.BatchResult;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.VersionedKey;
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

    /** Values that go to one namespace with the same options, under their keys in it. */
    record Group<K>(String namespace, CallOptions options, Map<K, @Nullable Object> values) {}

    static Collection<Group<String>> grouped(Map<CacheKey, ? extends @Nullable Object> values, CallOptions options) {
        return grouped(values, options, Function.identity(), CacheKey::key);
    }

    static Collection<Group<VersionedKey<String>>> groupedVersions(
            Map<VersionedKey<CacheKey>, ? extends @Nullable Object> values, CallOptions options) {
        return grouped(
                values,
                options,
                VersionedKey::key,
                key -> VersionedKey.of(key.key().key(), key.version()));
    }

    private static <F, K> Collection<Group<K>> grouped(
            Map<F, ? extends @Nullable Object> values,
            CallOptions options,
            Function<F, CacheKey> keyOf,
            Function<F, K> within) {
        record Id(String namespace, Set<String> tags) {}
        Map<Id, Group<K>> groups = new LinkedHashMap<>();
        values.forEach((full, value) -> {
            CacheKey key = keyOf.apply(full);
            groups.computeIfAbsent(
                            new Id(Directory.namespaceOf(key), key.tags()),
                            id -> new Group<>(
                                    id.namespace(), DefaultCacheService.tagged(key, options), new LinkedHashMap<>()))
                    .values()
                    .put(within.apply(full), value);
        });
        return groups.values();
    }
}
