package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.Cache;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be wrong with tags. */
final class TagFaults {

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private TagFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("an entry is counted for each of its tags", TagFaults::countingTwice)
                        .breaks("Tags#any_of_the_tags_is_enough_and_an_entry_counts_once"),
                inStore("tags are ignored", Twists.written(entry -> Edit.tags(entry, Set.of())))
                        .breaks(
                                "Tags#any_of_the_tags_is_enough_and_an_entry_counts_once",
                                "Batches#a_batch_gives_every_entry_its_lifetime_and_its_tags"),
                inCache(
                                "no tag means every tag",
                                "invalidateTags",
                                call -> call.<String[]>arg(0).length == 0
                                        ? ((Cache<?>) call.target()).clear()
                                        : call.proceed())
                        .breaks("Tags#no_tag_hits_nothing"),
                inBackend("a tag of a cache reaches all caches", TagFaults::acrossCaches)
                        .breaks("Tags#a_tag_of_a_cache_concerns_that_cache_and_a_tag_of_the_service_concerns_all"),
                inBackend("a tag of the service counts what went before", TagFaults::summing)
                        .breaks("Tags#an_entry_of_two_tags_counts_once_for_the_service_too"),
                inStore(
                                "put-if-absent stores no tags",
                                "writeIfAbsent",
                                call -> call.proceedWith(call.arg(0), Edit.tags(call.arg(1), Set.of())))
                        .breaks("Tags#every_entry_carries_the_tags_of_its_cache"),
                inStore("an entry goes by every tag it ever had", TagFaults::indexOfAllTimes)
                        .breaks(
                                "Tags#an_entry_written_anew_carries_its_new_tags_only",
                                "Tags#a_refused_put_if_absent_changes_no_tags"),
                inStore("the tags of an entry end with its first end", TagFaults::endingTags)
                        .breaks("Tags#a_prolonged_entry_still_goes_by_its_tag"),
                inStore("tags outlive their entry", TagFaults::indexOfAllTimes)
                        .breaks(
                                "Tags#what_takes_the_place_of_an_ended_entry_has_tags_of_its_own",
                                "Tags#a_counter_in_the_place_of_a_tagged_entry_has_no_tag"),
                inBackend("a tag reaches caches that begin alike", TagFaults::acrossPrefixes)
                        .breaks("Tags#a_tag_of_a_cache_leaves_caches_whose_names_begin_alike"),
                inStore("a tag forgets what is written while it is swept", TagFaults::forgetful)
                        .breaks("Concurrency#no_entry_escapes_its_tag_while_others_write"),
                inStore("an invalidated tag stays invalid", TagFaults::deadTags)
                        .breaks("Tags#an_entry_written_after_an_invalidation_stays"),
                inStore("tags do not differ in case", TagFaults::lowerCase)
                        .breaks("Tags#tags_of_any_characters_are_different_tags"),
                inStore("a tag misses shortened keys", "removeTagged", call -> remove(call, key -> key.length() <= 512))
                        .breaks("Tags#a_tag_reaches_keys_of_every_kind"),
                inStore("a tag reaches a thousand entries", "removeTagged", call -> removeSome(call, 1_000))
                        .breaks("Tags#thousands_of_entries_of_one_tag_go_at_once"),
                Fault.inEncodedBackend("tags are known to the node that wrote them", backend -> local(backend))
                        .breaks("Tags#a_tag_reaches_what_another_node_wrote"));
    }

    private static Twisted<EntryStore> countingTwice(Twisted<EntryStore> store) {
        Map<String, Set<String>> index = new ConcurrentHashMap<>();
        return noting(store, index).with("removeTagged", call -> {
            call.proceed();
            Set<String> keys = index.remove(call.<String>arg(0));
            return keys == null ? 0L : (long) keys.size();
        });
    }

    /** Removes by an index that no rewriting and no removal changes. */
    static Twisted<EntryStore> indexOfAllTimes(Twisted<EntryStore> store) {
        Map<String, Set<String>> index = new ConcurrentHashMap<>();
        return noting(store, index).with("removeTagged", call -> {
            Set<String> keys = index.getOrDefault(call.<String>arg(0), Set.of());
            keys.forEach(Twists.store(call)::remove);
            return (long) keys.size();
        });
    }

    private static Twisted<EntryStore> noting(Twisted<EntryStore> store, Map<String, Set<String>> index) {
        for (String method : List.of("write", "writeIfAbsent")) {
            store.with(method, call -> {
                call.<StoredEntry>arg(1).tags().forEach(tag -> index.computeIfAbsent(
                                tag, t -> ConcurrentHashMap.newKeySet())
                        .add(call.arg(0)));
                return call.proceed();
            });
        }
        return store;
    }

    private static CacheBackend acrossCaches(CacheBackend backend) {
        return ForwardingBackend.onStores(backend, store -> Twisted.of(EntryStore.class, store)
                .with("removeTagged", call -> backend.removeTagged(call.arg(0)))
                .build());
    }

    /** Goes by an index in which an entry has the end it was written with. */
    private static Twisted<EntryStore> endingTags(Twisted<EntryStore> store) {
        Set<String> shortLived = ConcurrentHashMap.newKeySet();
        return store.with("write", call -> {
                    if (call.<StoredEntry>arg(1).ttlMillis() < 1_000) {
                        shortLived.add(call.arg(0));
                    }
                    return call.proceed();
                })
                .with("removeTagged", call -> remove(call, key -> !shortLived.contains(key)));
    }

    private static CacheBackend acrossPrefixes(CacheBackend backend) {
        Map<String, EntryStore> stores = new ConcurrentHashMap<>();
        return new ForwardingBackend(backend) {
            @Override
            public EntryStore open(StoreSpec spec) {
                EntryStore store = super.open(spec);
                stores.put(spec.namespace(), store);
                return Twisted.of(EntryStore.class, store)
                        .with("removeTagged", call -> stores.entrySet().stream()
                                .filter(other -> other.getKey().startsWith(spec.namespace()))
                                .mapToLong(other -> other.getValue().removeTagged(call.arg(0)))
                                .sum())
                        .build();
            }
        };
    }

    /** Every hundredth entry is noted in the index just before a sweep throws the index away. */
    private static Twisted<EntryStore> forgetful(Twisted<EntryStore> store) {
        AtomicInteger writes = new AtomicInteger();
        Set<String> forgotten = ConcurrentHashMap.newKeySet();
        return store.with("write", call -> {
                    if (writes.incrementAndGet() % 100 == 0) {
                        forgotten.add(call.arg(0));
                    }
                    return call.proceed();
                })
                .with("removeTagged", call -> remove(call, key -> !forgotten.contains(key)));
    }

    private static CacheBackend summing(CacheBackend backend) {
        long[] sum = {0};
        return Twisted.of(CacheBackend.class, backend)
                .with("removeTagged", call -> sum[0] += (Long) call.proceed())
                .build();
    }

    private static Twisted<EntryStore> deadTags(Twisted<EntryStore> store) {
        Set<String> dead = new HashSet<>();
        return store.with("removeTagged", call -> {
                    dead.add(call.arg(0));
                    return call.proceed();
                })
                .with(
                        "write",
                        call -> call.<StoredEntry>arg(1).tags().stream().anyMatch(dead::contains)
                                ? null
                                : call.proceed());
    }

    private static Twisted<EntryStore> lowerCase(Twisted<EntryStore> store) {
        return Twists.written(entry -> Edit.tags(
                        entry,
                        entry.tags().stream()
                                .map(tag -> tag.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet())))
                .apply(store)
                .with(
                        "removeTagged",
                        call -> call.proceedWith(call.<String>arg(0).toLowerCase(Locale.ROOT)));
    }

    private static Object remove(Call call, Predicate<String> reached) {
        return removeSome(call, Long.MAX_VALUE, reached);
    }

    private static Object removeSome(Call call, long limit) {
        return removeSome(call, limit, key -> true);
    }

    private static Object removeSome(Call call, long limit, Predicate<String> reached) {
        EntryStore store = Twists.store(call);
        return store.keys(reached, "").toList().stream()
                .filter(key -> carries(store.read(key, ANY), call.arg(0)))
                .limit(limit)
                .filter(store::remove)
                .count();
    }

    private static boolean carries(@Nullable StoredEntry entry, String tag) {
        return entry != null && entry.tags().contains(tag);
    }

    private static CacheBackend local(CacheBackend backend) {
        Set<String> known = ConcurrentHashMap.newKeySet();
        CacheBackend noting = ForwardingBackend.onStores(backend, store -> Twists.written(entry -> {
                    known.addAll(entry.tags());
                    return entry;
                })
                .apply(Twisted.of(EntryStore.class, store))
                .build());
        return Twisted.of(CacheBackend.class, noting)
                .with("removeTagged", call -> known.contains(call.<String>arg(0)) ? call.proceed() : 0L)
                .build();
    }
}
