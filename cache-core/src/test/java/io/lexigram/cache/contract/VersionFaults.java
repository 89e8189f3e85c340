package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inService;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheVersionException;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.VersionedCache;
import io.lexigram.cache.VersionedCacheService;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.contract.Twisted.Twist;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import io.lexigram.cache.spi.VersionRank;
import io.lexigram.cache.spi.VersionedEntries;
import io.lexigram.cache.spi.VersionedEntries.Outcome;
import io.lexigram.cache.spi.VersionedEntries.Result;
import io.lexigram.cache.spi.VersionedEntries.Write;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be wrong with versions. */
final class VersionFaults {

    /** How many threads set versions at once. */
    static final int THREADS = 8;

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private VersionFaults() {}

    static List<Fault> all() {
        return List.of(
                inVersions("a version is never the current one", "write", (store, call) -> {
                            Object outcomes = call.proceed();
                            call.<List<Write>>arg(0)
                                    .forEach(write -> store.versions().removeCurrent(List.of(write.key())));
                            return outcomes;
                        })
                        .breaks("Versions#a_version_that_was_set_is_the_current_one"),
                inVersions(
                                "what is current answers for all versions",
                                "read",
                                (store, call) -> store.read(call.arg(0), call.arg(2)))
                        .breaks(
                                "Versions#every_version_is_found_under_its_name",
                                "Versions#what_was_put_without_version_is_read_where_there_is_none"),
                inStore("a put leaves the current version", "write", call -> {
                            StoredEntry current = Twists.store(call).read(call.arg(0), ANY);
                            return current == null || current.version() == null ? call.proceed() : null;
                        })
                        .breaks("Versions#the_value_that_was_written_last_is_the_current_one_with_version_or_without"),
                inStore("what was put stays behind a version", VersionFaults::withPlainValuesBehind)
                        .breaks("Versions#a_current_version_that_lapses_brings_no_older_value_back"),
                writing("a version has no end", write -> edited(write, Edit.ttl(write.entry(), StoredEntry.NEVER)))
                        .breaks("Versions#a_version_ends_with_its_lifetime"),
                writing(
                                "the lifetime of the call is not that of the current version",
                                write -> new Write(
                                        write.key(),
                                        write.entry(),
                                        Math.min(60_000, write.currentMillis()),
                                        write.rank(),
                                        write.ordered()))
                        .breaks("Versions#a_lifetime_of_the_call_is_that_of_the_current_version_too"),
                inVersions(
                                "of several versions the first is set",
                                "write",
                                (store, call) -> call.proceedWith(
                                        call.<List<Write>>arg(0).subList(0, 1)))
                        .breaks("Versions#several_versions_of_several_keys_are_set_at_once"),
                inVersions(
                                "every delete is hard",
                                "removeCurrent",
                                (store, call) -> store.removeMany(call.<Collection<String>>arg(0)))
                        .breaks(
                                "Versions#a_soft_delete_takes_the_current_value_and_leaves_the_versions",
                                "Versions#the_service_has_versions_of_any_key"),
                inStore("every delete is soft", "removeMany", call -> Twists.store(call)
                                .versions()
                                .removeCurrent(call.arg(0)))
                        .breaks(
                                "Versions#a_hard_delete_takes_all_versions",
                                "Versions#a_hard_delete_takes_the_versions_that_a_soft_one_left"),
                inStore(
                                "an invalidation is soft",
                                "remove",
                                call -> Twists.store(call).versions().removeCurrent(List.of(call.<String>arg(0))) == 1)
                        .breaks("Versions#an_invalidation_takes_all_versions_and_counts_the_entry_once"),
                inStore("clear takes what is current", "clear", call -> Twists.store(call)
                                .versions()
                                .removeCurrent(
                                        Twists.store(call).keys(key -> true, "").toList()))
                        .breaks("Versions#what_empties_a_cache_takes_the_versions_that_are_not_current_too"),
                writing("there is no order", VersionFaults::unordered)
                        .breaks(
                                "Versions#an_older_version_after_a_newer_one_is_refused_where_they_are_ordered",
                                "Versions#versions_of_two_kinds_are_refused_with_both_names"),
                writing("versions are ordered as texts", VersionFaults::orderedAsText)
                        .breaks("Versions#versions_are_ordered_as_numbers_or_as_moments"),
                inStore("a removal forgets the last version", VersionFaults::forgettingTheLast)
                        .breaks("Versions#an_older_version_after_a_delete_is_refused_where_they_are_ordered"),
                inVersions(
                                "the last version is known while it is current",
                                "write",
                                (store, call) -> call.proceedWith(call.<List<Write>>arg(0).stream()
                                        .map(write -> store.contains(write.key()) ? write : unordered(write))
                                        .toList()))
                        .breaks("Versions#an_older_version_is_refused_after_the_current_one_lapsed"),
                inStore("the last version is looked at before", VersionFaults::lookAndWrite)
                        .breaks("Versions#of_versions_that_are_set_at_once_the_highest_stays"),
                inView("the ordered view is the view", "ordered", Call::target)
                        .breaks("Versions#versions_that_cannot_be_compared_are_refused_with_their_names"),
                inVersions("versions of two kinds are outdated", "write", (store, call) -> ((List<?>) call.proceed())
                                .stream()
                                        .map(Outcome.class::cast)
                                        .map(outcome -> outcome.result() == Result.INCOMPARABLE
                                                ? new Outcome(Result.OUTDATED, outcome.last())
                                                : outcome)
                                        .toList())
                        .breaks("Versions#versions_of_two_kinds_are_refused_with_both_names"),
                inView("a version that is none is ignored", "set", call -> {
                            try {
                                return call.proceed();
                            } catch (CacheVersionException e) {
                                return false;
                            }
                        })
                        .breaks("Versions#a_version_that_cannot_be_one_is_refused"),
                inStore("versions are trimmed", VersionFaults::trimmed)
                        .breaks("Versions#versions_of_any_characters_are_kept_apart"),
                inStore("versions are without number", VersionFaults::unbounded)
                        .breaks("Versions#of_too_many_versions_those_that_end_first_go"),
                inService(
                                "a version of the service has no tags",
                                "versioned",
                                Fault.view(VersionedCacheService.class, "set", call -> {
                                    Object[] args = call.args().toArray();
                                    args[0] = CacheKey.of(call.<CacheKey>arg(0).key())
                                            .in(call.<CacheKey>arg(0).namespace());
                                    return call.proceedWith(args);
                                }))
                        .breaks("Versions#the_service_has_versions_of_any_key"),
                inCache("loads do not see versions", NaiveLoads::around)
                        .breaks(
                                "Versions#a_load_under_way_does_not_replace_a_version_that_was_set_meanwhile",
                                "Versions#a_load_under_way_does_not_store_after_a_soft_delete"),
                inView(
                                "a null that is not kept is ignored",
                                "set",
                                call -> call.args().get(2) != null && (boolean) call.proceed())
                        .breaks("Versions#a_null_that_is_not_kept_is_refused"),
                Fault.inEncodedStore(
                                "versions are forgotten where there are none",
                                store -> store.with("versions", call -> new Nothing()))
                        .breaks("Refusals#where_there_are_no_versions_none_is_set_or_deleted"));
    }

    /** Does something else to the versions of a store. */
    private interface VersionTwist {

        @Nullable
        Object answer(EntryStore store, Call call) throws Throwable;
    }

    private static Fault inVersions(String name, String method, VersionTwist twist) {
        return inStore(name, store -> twisted(store, method, twist));
    }

    private static Twisted<EntryStore> twisted(Twisted<EntryStore> store, String method, VersionTwist twist) {
        return store.with(
                "versions", versions -> Twisted.of(VersionedEntries.class, (VersionedEntries) versions.proceed())
                        .with(method, call -> twist.answer(Twists.store(versions), call))
                        .build());
    }

    private static Fault writing(String name, UnaryOperator<Write> change) {
        return inVersions(
                name,
                "write",
                (store, call) -> call.proceedWith(
                        call.<List<Write>>arg(0).stream().map(change).toList()));
    }

    private static Fault inView(String name, String method, Twist twist) {
        return inCache(name, "versioned", Fault.view(VersionedCache.class, method, twist));
    }

    private static Write edited(Write write, StoredEntry entry) {
        return new Write(write.key(), entry, write.currentMillis(), write.rank(), write.ordered());
    }

    private static Write unordered(Write write) {
        return new Write(write.key(), write.entry(), write.currentMillis(), write.rank(), false);
    }

    private static Write orderedAsText(Write write) {
        VersionRank rank = new VersionRank(
                write.rank().version(), "%-40s".formatted(write.rank().version()));
        return new Write(write.key(), write.entry(), write.currentMillis(), rank, write.ordered());
    }

    private static Twisted<EntryStore> withPlainValuesBehind(Twisted<EntryStore> store) {
        Map<String, StoredEntry> behind = new ConcurrentHashMap<>();
        return twisted(store, "write", (s, call) -> {
                    for (Write write : call.<List<Write>>arg(0)) {
                        StoredEntry plain = s.read(write.key(), ANY);
                        if (plain != null) {
                            behind.put(write.key(), plain);
                        }
                    }
                    return call.proceed();
                })
                .with("read", call -> {
                    Object entry = call.proceed();
                    return entry == null ? behind.get(call.<String>arg(0)) : entry;
                });
    }

    private static Twisted<EntryStore> forgettingTheLast(Twisted<EntryStore> store) {
        Set<String> removals = ConcurrentHashMap.newKeySet();
        for (String removal : List.of("remove", "removeMany", "removeMatching", "clear")) {
            store.with(removal, call -> {
                removals.add(removal);
                return call.proceed();
            });
        }
        return twisted(
                store,
                "write",
                (s, call) -> call.proceedWith(call.<List<Write>>arg(0).stream()
                        .map(write -> removals.isEmpty() ? write : unordered(write))
                        .toList()));
    }

    /** All look before any of them writes. */
    private static Twisted<EntryStore> lookAndWrite(Twisted<EntryStore> store) {
        CyclicBarrier looked = new CyclicBarrier(THREADS);
        return twisted(store, "write", (s, call) -> {
            Write write = call.<List<Write>>arg(0).get(0);
            StoredEntry current = s.read(write.key(), ANY);
            looked.await(20, TimeUnit.SECONDS);
            String last = current == null ? null : current.version();
            return last != null && write.rank().isLowerThan(VersionRank.of(last))
                    ? List.of(new Outcome(Result.OUTDATED, last))
                    : call.proceedWith(List.of(unordered(write)));
        });
    }

    private static Twisted<EntryStore> trimmed(Twisted<EntryStore> store) {
        return store.with("versions", versions -> Twisted.of(
                        VersionedEntries.class, (VersionedEntries) versions.proceed())
                .with(
                        "write",
                        call -> call.proceedWith(call.<List<Write>>arg(0).stream()
                                .map(write -> new Write(
                                        write.key(),
                                        write.entry(),
                                        write.currentMillis(),
                                        VersionRank.of(write.rank().version().trim()),
                                        write.ordered()))
                                .toList()))
                .with(
                        "read",
                        call -> call.proceedWith(
                                call.arg(0), call.<String>arg(1).trim(), call.arg(2)))
                .build());
    }

    private static Twisted<EntryStore> unbounded(Twisted<EntryStore> store) {
        Map<String, StoredEntry> kept = new ConcurrentHashMap<>();
        return store.with(
                "versions", versions -> Twisted.of(VersionedEntries.class, (VersionedEntries) versions.proceed())
                        .with("write", call -> {
                            call.<List<Write>>arg(0)
                                    .forEach(write -> kept.put(
                                            write.key() + " " + write.rank().version(), write.entry()));
                            return call.proceed();
                        })
                        .with("read", call -> kept.get(call.arg(0) + " " + call.arg(1)))
                        .build());
    }

    /** Keeps nothing and refuses nothing. */
    private static final class Nothing implements VersionedEntries {

        @Override
        public List<Outcome> write(List<Write> writes) {
            return writes.stream().map(write -> Outcome.STORED).toList();
        }

        @Override
        public @Nullable StoredEntry read(String key, String version, TypeRef<?> type) {
            return null;
        }

        @Override
        public long removeCurrent(Collection<String> keys) {
            return 0;
        }
    }
}
