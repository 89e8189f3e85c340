package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inStore;
import static io.lexigram.cache.spi.StoredEntry.NEVER;

import io.lexigram.cache.TypeRef;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/** What can be wrong with lifetimes, and with entries whose time is over. */
final class LifetimeFaults {

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private LifetimeFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("an entry lives a millisecond too long", lifetimes(ttl -> ttl == NEVER ? NEVER : ttl + 1))
                        .breaks("Lifetimes#an_entry_is_there_until_the_millisecond_before_its_end_and_not_after"),
                inStore(
                                "an entry lives a millisecond less than it should",
                                lifetimes(ttl -> ttl == NEVER ? NEVER : ttl - 1))
                        .breaks("Lifetimes#a_lifetime_of_less_than_a_millisecond_is_rounded_up"),
                inStore("the lifetime is ignored", lifetimes(ttl -> NEVER))
                        .breaks(
                                "Lifetimes#the_lifetime_of_the_cache_is_that_of_its_entries",
                                "Lifetimes#a_lifetime_of_one_entry_is_that_of_no_other"),
                inStore("batches live for ever", "writeMany", call -> {
                            Twists.entries(call.arg(0))
                                    .forEach((key, entry) -> Twists.store(call).write(key, Edit.ttl(entry, NEVER)));
                            return null;
                        })
                        .breaks(
                                "Lifetimes#the_lifetime_of_the_cache_is_that_of_its_entries",
                                "Batches#a_batch_gives_every_entry_its_lifetime_and_its_tags"),
                inStore("the last lifetime is that of all", "write", LifetimeFaults::expireAll)
                        .breaks("Lifetimes#a_lifetime_of_one_entry_is_that_of_no_other"),
                inStore("a rewritten entry keeps its end", "write", LifetimeFaults::keepEnd)
                        .breaks("Lifetimes#a_second_put_gives_a_life_of_its_own"),
                inStore(
                                "a null lives as long as a value",
                                Twists.written(entry -> entry.value() == null
                                        ? Edit.ttl(entry, Duration.ofHours(1).toMillis())
                                        : entry))
                        .breaks("Lifetimes#nulls_live_as_long_as_the_cache_says_of_nulls"),
                inStore(
                                "eternity is a year",
                                lifetimes(ttl ->
                                        ttl == NEVER ? Duration.ofDays(365).toMillis() : ttl))
                        .breaks("Lifetimes#an_eternal_entry_has_no_end"),
                inStore("a lifetime has 32 bits", lifetimes(ttl -> ttl == NEVER ? NEVER : Math.abs((int) ttl)))
                        .breaks("Lifetimes#a_lifetime_beyond_all_time_is_kept"),
                inCache("a lifetime of zero is taken", "expire", call -> {
                            try {
                                return call.proceed();
                            } catch (IllegalArgumentException e) {
                                return false;
                            }
                        })
                        .breaks("Lifetimes#a_lifetime_that_is_not_positive_is_refused_and_changes_nothing"),
                Fault.inSettings("jitter prolongs", settings -> settings.random(() -> -0.5))
                        .breaks("Lifetimes#jitter_shortens_a_life_and_never_prolongs_it"),
                inStore(
                                "expire only prolongs",
                                "expire",
                                call -> call.<Long>arg(1) < Twists.store(call).ttl(call.arg(0)) ? true : call.proceed())
                        .breaks("Lifetimes#expire_prolongs_and_shortens"),
                inStore(
                                "expire adds to what is left",
                                "expire",
                                call -> call.proceedWith(
                                        call.arg(0),
                                        call.<Long>arg(1) + Twists.store(call).ttl(call.arg(0))))
                        .breaks("Lifetimes#an_expiry_that_was_moved_is_kept_to_the_millisecond"),
                inStore("expire loses the tags", "expire", LifetimeFaults::expireByRewriting)
                        .breaks("Lifetimes#expire_changes_nothing_but_the_end"),
                inStore("expire makes an entry", "expire", call -> {
                            StoredEntry empty = new StoredEntry(null, "", 0, call.arg(1), 0, null, Set.of());
                            Twists.store(call).writeIfAbsent(call.arg(0), empty);
                            return call.proceed();
                        })
                        .breaks("Lifetimes#expire_of_an_absent_key_makes_no_entry"),
                inStore("a hit is no reason to live on", "extend", call -> null)
                        .breaks("Lifetimes#a_hit_of_a_sliding_cache_lets_its_entry_live_on"),
                inStore("a hit sets the end, whatever it was", "extend", call -> {
                            Twists.store(call).expire(call.arg(0), call.arg(2));
                            return null;
                        })
                        .breaks(
                                "Lifetimes#a_hit_of_a_sliding_cache_never_shortens_the_life_of_its_entry",
                                "Lifetimes#a_hit_of_a_sliding_cache_leaves_what_has_replaced_its_entry"),
                inStore("what is over is counted", LifetimeFaults::countingTheDead)
                        .breaks("Lifetimes#an_entry_whose_time_is_over_is_in_no_answer_and_in_no_count"),
                inStore("keys of what is over are listed", LifetimeFaults::listingTheDead)
                        .breaks("Lifetimes#an_entry_whose_time_is_over_is_in_no_answer_and_in_no_count"),
                inStore("what is over is counted with its tag", TagFaults::indexOfAllTimes)
                        .breaks("Lifetimes#an_entry_whose_time_is_over_is_no_entry_of_its_tag"),
                inStore("cleaning up counts nothing", "cleanupExpired", call -> {
                            call.proceed();
                            return 0L;
                        })
                        .breaks("Lifetimes#cleaning_up_removes_what_is_over_and_counts_it_once"),
                inStore("cleaning up removes everything", "cleanupExpired", call -> Twists.store(call)
                                .clear())
                        .breaks("Services#cleaning_up_removes_nothing_that_lives"));
    }

    private static UnaryOperator<Twisted<EntryStore>> lifetimes(LongUnaryOperator change) {
        return store -> Twists.written(entry -> Edit.ttl(entry, change.applyAsLong(entry.ttlMillis())))
                .apply(store)
                .with("expire", call -> call.proceedWith(call.arg(0), change.applyAsLong(call.<Long>arg(1))));
    }

    private static Object expireAll(Call call) throws Throwable {
        call.proceed();
        EntryStore store = Twists.store(call);
        store.keys(key -> true, "")
                .toList()
                .forEach(key -> store.expire(key, call.<StoredEntry>arg(1).ttlMillis()));
        return null;
    }

    private static Object keepEnd(Call call) throws Throwable {
        long left = Twists.store(call).ttl(call.arg(0));
        return call.proceedWith(call.arg(0), left < 0 ? call.arg(1) : Edit.ttl(call.arg(1), left));
    }

    private static Object expireByRewriting(Call call) {
        StoredEntry entry = Twists.store(call).read(call.arg(0), ANY);
        if (entry == null) {
            return false;
        }
        Twists.store(call).write(call.arg(0), Edit.ttl(Edit.tags(entry, Set.of()), call.arg(1)));
        return true;
    }

    /** Counts the keys that were written and not removed since, whether they are over or not. */
    private static Twisted<EntryStore> countingTheDead(Twisted<EntryStore> store) {
        Set<String> known = ConcurrentHashMap.newKeySet();
        return store.with("write", call -> {
                    known.add(call.arg(0));
                    return call.proceed();
                })
                .with("remove", call -> {
                    call.proceed();
                    return known.remove(call.<String>arg(0));
                });
    }

    private static Twisted<EntryStore> listingTheDead(Twisted<EntryStore> store) {
        Map<String, Boolean> known = new ConcurrentHashMap<>();
        return store.with("write", call -> {
                    known.put(call.arg(0), true);
                    return call.proceed();
                })
                .with("keys", call -> known.keySet().stream().filter(call.arg(0)));
    }
}
