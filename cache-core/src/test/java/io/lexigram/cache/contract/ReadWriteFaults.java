package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.CacheService;
import io.lexigram.cache.CacheSpec;
import io.lexigram.cache.LookupInfo;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoreSpec;
import io.lexigram.cache.spi.StoredEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong with reading, writing and removing one key. */
final class ReadWriteFaults {

    private ReadWriteFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("writes are dropped", "write", call -> null)
                        .breaks("ReadsAndWrites#a_value_that_was_put_is_read_back"),
                inStore("every key exists", "contains", call -> true).breaks("ReadsAndWrites#an_absent_key_is_a_miss"),
                inCache("what is local is not known", "getLocal", call -> call.arg(1))
                        .breaks("ReadsAndWrites#a_local_value_is_found_in_this_process_or_not_at_all"),
                inStore("null is taken for absence", "read", ReadWriteFaults::unlessNull)
                        .breaks(
                                "ReadsAndWrites#null_is_a_value_and_not_an_absence",
                                "Services#a_fallback_stands_for_absence_and_not_for_null",
                                "Loads#a_null_that_was_loaded_is_stored"),
                inCache("a null that is not cached leaves the old value", cache -> Fault.twisted(cache)
                                .with(
                                        "put",
                                        call -> isUncachedNull(
                                                        call, cache.policy().cacheNulls())
                                                ? null
                                                : call.proceed())
                                .build())
                        .breaks("ReadsAndWrites#where_nulls_are_not_cached_a_null_removes_what_was_there"),
                inStore("the first value stays", "write", call -> {
                            Twists.store(call).writeIfAbsent(call.arg(0), call.arg(1));
                            return null;
                        })
                        .breaks("ReadsAndWrites#a_second_put_replaces_the_first"),
                inStore("put-if-absent overwrites", "writeIfAbsent", call -> {
                            Twists.store(call).write(call.arg(0), call.arg(1));
                            return true;
                        })
                        .breaks("ReadsAndWrites#put_if_absent_stores_once_and_says_so"),
                inStore("delete always says there was an entry", "remove", call -> {
                            call.proceed();
                            return true;
                        })
                        .breaks("ReadsAndWrites#delete_says_whether_there_was_an_entry_and_leaves_the_others"),
                inStore("delete only says so", "remove", call -> Twists.store(call)
                                .contains(call.arg(0)))
                        .breaks("ReadsAndWrites#an_invalidated_key_is_gone"),
                inStore("one write in three hundred comes with the next", ReadWriteFaults::late)
                        .breaks("ReadsAndWrites#what_was_written_is_read_at_once_a_thousand_times"),
                inStore("when an entry was made is not known", Twists.read(entry -> Edit.createdAt(entry, 0)))
                        .breaks("ReadsAndWrites#an_entry_tells_key_times_and_tags"),
                inStore("an access counts double", "accessed", call -> {
                            call.proceed();
                            return call.proceed();
                        })
                        .breaks("ReadsAndWrites#accesses_are_noted_in_the_end_and_none_is_invented"),
                inStore("every second access is noted", ReadWriteFaults::everySecondAccess)
                        .breaks("ReadsAndWrites#accesses_are_noted_exactly_where_the_backend_can"),
                inCache("who answered is not known", "inspect", call -> {
                            LookupInfo<?> info = (LookupInfo<?>) call.proceed();
                            return new LookupInfo<>(info.lookup(), "", info.latency());
                        })
                        .breaks("ReadsAndWrites#an_inspected_read_names_who_answered"),
                Fault.inService("each handle has entries of its own", ReadWriteFaults::withPrivateHandles)
                        .breaks("ReadsAndWrites#handles_of_one_name_share_their_entries"),
                inBackend("all caches are one", "open", call -> call.proceedWith(renamed(call.arg(0))))
                        .breaks("ReadsAndWrites#caches_of_different_names_share_nothing"),
                Fault.in("the key prefix is ignored", () -> FaultyFixture.sound(new EncodedFixture())
                                .partitions(partition -> "one"))
                        .breaks(
                                "ReadsAndWrites#each_backend_of_a_service_has_entries_of_its_own",
                                "Invalidations#clearing_the_service_leaves_nothing_here_and_everything_elsewhere"),
                inStore("nothing is handed out as native", "unwrap", call -> null)
                        .breaks("ReadsAndWrites#a_cache_hands_out_what_is_native_behind_it"),
                inBackend("anything is handed out as native", "unwrap", call -> Thread.currentThread())
                        .breaks("ReadsAndWrites#a_native_object_that_is_not_there_is_refused"),
                Fault.inEncodedStore(
                                "reads are answered from a copy that nobody else can remove",
                                ReadWriteFaults::nearCopies)
                        .breaks("ReadsAndWrites#what_one_node_writes_or_removes_the_next_read_of_another_sees"));
    }

    private static Object unlessNull(Call call) throws Throwable {
        StoredEntry entry = (StoredEntry) call.proceed();
        return entry == null || entry.value() == null ? null : entry;
    }

    private static boolean isUncachedNull(Call call, boolean cacheNulls) {
        return call.args().get(1) == null && !cacheNulls;
    }

    private static Twisted<EntryStore> late(Twisted<EntryStore> store) {
        AtomicInteger writes = new AtomicInteger();
        Map<String, StoredEntry> late = new ConcurrentHashMap<>();
        return store.with("write", call -> {
            late.forEach(Twists.store(call)::write);
            late.clear();
            if (writes.incrementAndGet() % 300 == 0) {
                late.put(call.arg(0), call.arg(1));
                return null;
            }
            return call.proceed();
        });
    }

    private static Twisted<EntryStore> everySecondAccess(Twisted<EntryStore> store) {
        AtomicInteger accesses = new AtomicInteger();
        return store.with("accessed", call -> accesses.incrementAndGet() % 2 == 0 ? call.proceed() : null);
    }

    private static Twisted<CacheService> withPrivateHandles(Twisted<CacheService> service) {
        AtomicInteger handles = new AtomicInteger();
        return service.with("cache", call -> {
            CacheSpec<?> spec = call.arg(0);
            return call.proceedWith(spec.toBuilder(spec.name() + handles.incrementAndGet(), spec.type())
                    .build());
        });
    }

    private static StoreSpec renamed(StoreSpec spec) {
        return new StoreSpec(
                "all",
                spec.maxEntries(),
                spec.codec(),
                spec.codecs(),
                spec.schemaVersion(),
                spec.timed(),
                spec.listener());
    }

    private static Twisted<EntryStore> nearCopies(Twisted<EntryStore> store) {
        Map<String, StoredEntry> copies = new ConcurrentHashMap<>();
        return store.with("read", call -> {
                    StoredEntry copy = copies.get(call.<String>arg(0));
                    StoredEntry entry = copy == null ? (StoredEntry) call.proceed() : copy;
                    if (entry != null) {
                        copies.put(call.arg(0), entry);
                    }
                    return entry;
                })
                .with("write", call -> {
                    copies.put(call.arg(0), call.arg(1));
                    return call.proceed();
                })
                .with("remove", call -> {
                    copies.remove(call.<String>arg(0));
                    return call.proceed();
                });
    }
}
