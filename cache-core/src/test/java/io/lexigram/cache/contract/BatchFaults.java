package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inService;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.BatchLoader;
import io.lexigram.cache.BatchResult;
import io.lexigram.cache.Cache;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be wrong with many keys at once. */
final class BatchFaults {

    private BatchFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("a batch forgets its last key", "readMany", call -> withoutLast(Twists.entries(call.proceed())))
                        .breaks("Batches#a_batch_of_any_size_is_stored_read_in_order_and_removed"),
                inStore("a batch writes a thousand entries", "writeMany", call -> {
                            Twists.entries(call.arg(0)).entrySet().stream()
                                    .limit(1_000)
                                    .forEach(e -> Twists.store(call).write(e.getKey(), e.getValue()));
                            return null;
                        })
                        .breaks("Batches#a_batch_of_any_size_is_stored_read_in_order_and_removed"),
                inCache(
                                "a batch is answered in the order of its keys",
                                "getMany",
                                call -> new BatchResult<>(new TreeMap<>(((BatchResult<?>) call.proceed()).lookups())))
                        .breaks("Batches#found_and_missing_keys_are_told_apart_in_the_order_of_the_request"),
                inStore("a batch drops nulls", "writeMany", BatchFaults::writeWithoutNulls)
                        .breaks("Batches#a_null_in_a_batch_is_a_value", "Batches#a_null_that_a_batch_loads_is_a_value"),
                inStore("a key that is asked twice is removed twice", "removeMany", BatchFaults::countAsked)
                        .breaks("Batches#a_key_that_is_asked_twice_is_answered_and_counted_once"),
                inStore("a batch removes as many as are asked", "removeMany", call -> {
                            call.proceed();
                            return (long) call.<Collection<?>>arg(0).size();
                        })
                        .breaks("Batches#only_live_entries_of_a_batch_are_counted_as_removed_and_others_stay"),
                inCache("missing keys are loaded one by one", "getAll", BatchFaults::loadOneByOne)
                        .breaks("Batches#what_a_batch_lacks_is_loaded_in_one_call_and_stored"),
                inCache("what is there is loaded all the same", "getAll", call -> {
                            call.<BatchLoader<Object, Exception>>arg(1).load(Set.of());
                            return call.proceed();
                        })
                        .breaks("Batches#a_batch_that_lacks_nothing_loads_nothing"),
                inService(
                                "a batch across caches loses the tags of its keys",
                                "putMany",
                                call -> call.proceedWith(withoutTags(call.arg(0)), call.arg(1)))
                        .breaks("Batches#a_batch_across_caches_is_named_by_full_key_in_the_order_of_the_request"),
                inService("two keys with one full key are one", "getMany", call -> {
                            try {
                                return call.proceed();
                            } catch (CacheKeyException e) {
                                return new BatchResult<>(Map.of());
                            }
                        })
                        .breaks("Batches#two_keys_of_a_batch_with_one_full_key_are_refused"));
    }

    private static Object writeWithoutNulls(Call call) throws Throwable {
        Map<String, StoredEntry> entries = new LinkedHashMap<>(Twists.entries(call.arg(0)));
        entries.values().removeIf(entry -> entry.value() == null);
        return call.proceedWith(entries);
    }

    private static Map<String, StoredEntry> withoutLast(Map<String, StoredEntry> entries) {
        Map<String, StoredEntry> fewer = new LinkedHashMap<>();
        entries.entrySet().stream()
                .limit(Math.max(0, entries.size() - 1))
                .forEach(e -> fewer.put(e.getKey(), e.getValue()));
        return fewer;
    }

    private static Object countAsked(Call call) throws Throwable {
        long there = call.<Collection<String>>arg(0).stream()
                .filter(Twists.store(call)::contains)
                .count();
        call.proceed();
        return there;
    }

    private static Object loadOneByOne(Call call) throws Throwable {
        @SuppressWarnings("unchecked")
        Cache<Object> cache = (Cache<Object>) call.target();
        BatchLoader<Object, Exception> loader = call.arg(1);
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (String key : new LinkedHashSet<>(call.<Collection<String>>arg(0))) {
            all.putAll(cache.getAll(List.of(key), loader));
        }
        return all;
    }

    private static Map<CacheKey, Object> withoutTags(Map<CacheKey, Object> values) {
        Map<CacheKey, Object> bare = new LinkedHashMap<>();
        values.forEach((key, value) -> bare.put(
                key.namespace() == null
                        ? CacheKey.of(key.key())
                        : CacheKey.of(key.key()).in(key.namespace()),
                value));
        return bare;
    }
}
