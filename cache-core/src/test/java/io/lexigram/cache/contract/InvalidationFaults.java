package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.CacheService;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.invalidate.Glob;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be wrong with patterns, namespaces and clear. */
final class InvalidationFaults {

    private static final Predicate<String> ALL = key -> true;

    private InvalidationFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("only the beginning of a pattern is read", "keys", call -> call.proceedWith(ALL, call.arg(1)))
                        .breaks("Invalidations#a_pattern_lists_the_keys_it_matches"),
                inStore(
                                "only the beginning of a pattern is removed",
                                "removeMatching",
                                call -> call.proceedWith(ALL, call.arg(1)))
                        .breaks("Invalidations#a_pattern_removes_the_keys_it_matches_and_counts_them"),
                inStore("the beginning of a pattern is a pattern", "keys", call -> Twists.store(call)
                                .keys(call.arg(0), "")
                                .filter(key -> call.<String>arg(1).isEmpty()
                                        || Glob.of(call.<String>arg(1) + "*").test(key)))
                        .breaks("Invalidations#a_pattern_lists_the_keys_it_matches"),
                inCache("a pattern that is none matches nothing", "deletePattern", call -> {
                            try {
                                return call.proceed();
                            } catch (CacheKeyException e) {
                                return 0L;
                            }
                        })
                        .breaks("Invalidations#a_pattern_that_is_none_is_refused_and_removes_nothing"),
                inBackend(
                                "a pattern of the service is matched without the namespace",
                                "keys",
                                InvalidationFaults::byKey)
                        .breaks("Invalidations#a_pattern_of_the_service_is_matched_with_the_full_keys_of_all_caches"),
                inBackend("clear takes what begins alike", InvalidationFaults::clearingByPrefix)
                        .breaks("Invalidations#clear_empties_its_own_cache_and_no_other"),
                inBackend("a namespace is a pattern", "removeNamespace", call -> removeIf(call, Glob.of(call.arg(0))))
                        .breaks("Invalidations#deleting_a_namespace_empties_it_and_no_other"),
                inBackend(
                                "no namespace means every namespace",
                                "removeNamespace",
                                call -> call.arg(0).equals("")
                                        ? ((CacheBackend) call.target()).clear()
                                        : call.proceed())
                        .breaks("Invalidations#clearing_the_keys_without_namespace_leaves_the_caches"),
                inBackend("clear leaves the keys without namespace", "clear", call -> removeIf(call, n -> !n.isEmpty()))
                        .breaks("Invalidations#clearing_the_service_leaves_nothing_here_and_everything_elsewhere"),
                Fault.inService("clear clears every backend but the first", "clear", call -> {
                            CacheService service = (CacheService) call.target();
                            return service.backends().size() > 1
                                    ? service.on("secondary").clear()
                                    : call.proceed();
                        })
                        .breaks("Invalidations#clearing_the_service_or_one_of_its_backends_clears_that_and_counts_it"),
                inStore("a cleared cache is closed", InvalidationFaults::closedByClear)
                        .breaks("Invalidations#a_cache_that_was_cleared_takes_new_entries"),
                inStore("a scan ends after its first page", "keys", call -> stream(call.proceed())
                                .limit(1_000))
                        .breaks("Invalidations#thousands_of_entries_are_listed_and_removed"),
                Fault.inEncodedBackend("only the caches of this node are found", InvalidationFaults::opened)
                        .breaks("Invalidations#entries_that_another_node_wrote_are_found_and_removed"));
    }

    private static Stream<?> stream(Object keys) {
        return (Stream<?>) keys;
    }

    private static Object byKey(Call call) throws Throwable {
        Predicate<String> pattern = call.arg(0);
        return stream(call.proceedWith(ALL)).filter(key -> pattern.test(((CacheKey) key).key()));
    }

    private static String namespaceOf(CacheKey key) {
        return key.namespace() == null ? "" : key.namespace();
    }

    private static long removeIf(Call call, Predicate<String> namespace) {
        CacheBackend backend = (CacheBackend) call.target();
        return backend.removeMany(backend.keys(ALL)
                .filter(key -> namespace.test(namespaceOf(key)))
                .toList());
    }

    private static CacheBackend clearingByPrefix(CacheBackend backend) {
        Map<String, EntryStore> stores = new ConcurrentHashMap<>();
        return new ForwardingBackend(backend) {
            @Override
            public EntryStore open(StoreSpec spec) {
                EntryStore store = super.open(spec);
                stores.put(spec.namespace(), store);
                return Twisted.of(EntryStore.class, store)
                        .with("clear", call -> stores.entrySet().stream()
                                .filter(other -> other.getKey().startsWith(spec.namespace()))
                                .mapToLong(other -> other.getValue().clear())
                                .sum())
                        .build();
            }
        };
    }

    private static Twisted<EntryStore> closedByClear(Twisted<EntryStore> store) {
        Set<String> closed = ConcurrentHashMap.newKeySet();
        return store.with("clear", call -> {
                    closed.add("closed");
                    return call.proceed();
                })
                .with("write", call -> closed.isEmpty() ? call.proceed() : null);
    }

    private static CacheBackend opened(CacheBackend backend) {
        Set<String> opened = ConcurrentHashMap.newKeySet();
        return new ForwardingBackend(backend) {
            @Override
            public EntryStore open(StoreSpec spec) {
                opened.add(spec.namespace());
                return super.open(spec);
            }

            @Override
            public Stream<CacheKey> keys(Predicate<String> fullKey) {
                return super.keys(fullKey).filter(key -> opened.contains(namespaceOf(key)));
            }
        };
    }
}
