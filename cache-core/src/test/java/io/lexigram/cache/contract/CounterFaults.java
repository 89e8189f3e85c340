package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inCache;
import static io.lexigram.cache.contract.Fault.inService;
import static io.lexigram.cache.contract.Fault.inStore;
import static io.lexigram.cache.spi.StoredEntry.COUNTER_SCHEMA;

import io.lexigram.cache.AsyncCacheService;
import io.lexigram.cache.AsyncCounter;
import io.lexigram.cache.CacheKey;
import io.lexigram.cache.CacheSerializationException;
import io.lexigram.cache.Counter;
import io.lexigram.cache.Sequence;
import io.lexigram.cache.TypeRef;
import io.lexigram.cache.contract.Twisted.Call;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be wrong with counters. */
final class CounterFaults {

    private static final TypeRef<Object> ANY = TypeRef.of(Object.class);

    private CounterFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore(
                                "a counter starts at one",
                                "increment",
                                call -> Twists.store(call).contains(call.arg(0))
                                        ? call.proceed()
                                        : call.proceedWith(call.arg(0), call.<Long>arg(1) + 1, call.arg(2)))
                        .breaks(
                                "Counters#an_absent_counter_starts_at_zero",
                                "Numbers#a_counter_counts_from_one_up_and_down"),
                inStore("counters are kept apart from entries", CounterFaults::apart)
                        .breaks("Counters#a_counter_is_read_like_any_entry"),
                inStore(
                                "a reader gets the counter itself",
                                Twists.read(entry -> entry.schema().equals(COUNTER_SCHEMA)
                                        ? Edit.value(entry, new AtomicLong((Long) entry.value()))
                                        : entry))
                        .breaks("Counters#counting_never_changes_what_was_read_before"),
                inStore("counting prolongs", "increment", call -> {
                            Object sum = call.proceed();
                            Twists.store(call).expire(call.arg(0), call.arg(2));
                            return sum;
                        })
                        .breaks(
                                "Counters#a_counter_lives_as_long_as_the_cache_says_from_its_first_count_on",
                                "Counters#the_life_of_a_counter_can_be_read_and_changed"),
                inStore(
                                "a counter lives for ever",
                                "increment",
                                call -> call.proceedWith(call.arg(0), call.arg(1), StoredEntry.NEVER))
                        .breaks("Counters#the_life_of_a_counter_can_be_read_and_changed"),
                inStore("counting replaces what is no counter", "increment", call -> {
                            try {
                                return call.proceed();
                            } catch (CacheSerializationException e) {
                                Twists.store(call).remove(call.arg(0));
                                return call.proceed();
                            }
                        })
                        .breaks("Counters#a_value_that_is_no_counter_is_not_counted_and_stays"),
                inStore("a counter read as something else is removed", "read", call -> {
                            Object entry = call.proceed();
                            if (entry == null) {
                                Twists.store(call).remove(call.arg(0));
                            }
                            return entry;
                        })
                        .breaks("Counters#a_counter_is_no_value_of_another_type_and_goes_on_counting"),
                inStore("a counter wraps round", "increment", call -> counted(call, (old, by) -> old + by))
                        .breaks(
                                "Counters#an_overflow_is_refused_and_the_counter_keeps_its_value",
                                "Numbers#an_overflow_is_refused_and_the_numbers_go_on_below_it"),
                inStore(
                                "a counter ends before its range does",
                                "increment",
                                call -> counted(
                                        call,
                                        (old, by) -> Math.addExact(Math.addExact(old, by), Long.signum(by))
                                                - Long.signum(by)))
                        .breaks("Counters#a_counter_reaches_both_ends_of_its_range"),
                inStore(
                                "a counter is a double",
                                "increment",
                                call -> counted(call, (old, by) -> (long) ((double) Math.addExact(old, by))))
                        .breaks("Counters#numbers_beyond_the_precision_of_a_double_are_exact"),
                inStore("a put on a counter sets the counter", "write", CounterFaults::setCounter)
                        .breaks("Counters#a_put_makes_an_ordinary_value_of_a_counter"),
                inStore("a pattern leaves counters", "removeMatching", call -> Twists.store(call)
                                .removeMatching(
                                        call.<Predicate<String>>arg(0).and(key -> !isCounter(call, key)), call.arg(1)))
                        .breaks("Counters#a_counter_is_removed_like_any_entry"),
                inStore("counting is reading and writing", CounterFaults::lookAndCount)
                        .breaks(
                                "Counters#eight_threads_count_exactly",
                                "Numbers#blocks_of_several_nodes_and_threads_never_share_a_number"),
                inStore(
                                "a counter adds four at most",
                                "increment",
                                call -> call.proceedWith(call.arg(0), Math.min(4, call.<Long>arg(1)), call.arg(2)))
                        .breaks("Numbers#a_batch_is_the_ascending_list_of_what_was_counted"),
                inStore("a reset leaves the counter", "resetCounter", call -> null)
                        .breaks("Numbers#a_reset_sets_the_counter_and_answers_what_it_set"),
                inStore("a reset is reading and adding", CounterFaults::lookAndReset)
                        .breaks("Numbers#a_reset_is_one_step"),
                inStore(
                                "counters live for a minute",
                                "increment",
                                call -> call.proceedWith(call.arg(0), call.arg(1), 60_000L))
                        .breaks("Numbers#counters_live_for_ever_and_are_cleared_with_their_cache_only"),
                inService(
                                "the name of a counter ends at a colon",
                                "counter",
                                call -> call.proceedWith(call.<String>arg(0).replaceAll(":.*", "")))
                        .breaks("Numbers#names_and_suffixes_are_counters_of_their_own"),
                inService(
                                "a closed sequence goes on",
                                "counter",
                                Fault.view(Counter.class, "blocks", Fault.view(Sequence.class, "close", call -> null)))
                        .breaks("Numbers#what_is_left_of_a_block_is_a_gap"),
                inService(
                                "without waiting one counts backwards",
                                "async",
                                Fault.view(
                                        AsyncCacheService.class,
                                        "counter",
                                        Fault.view(AsyncCounter.class, "decr", call -> ((AsyncCounter) call.target())
                                                .incr())))
                        .breaks("Numbers#the_view_without_waiting_counts_the_same"),
                inCache(
                                "the lowest number is subtracted as if it were zero",
                                "decrement",
                                call -> call.<Long>arg(1) == Long.MIN_VALUE
                                        ? call.proceedWith(call.arg(0), 0L)
                                        : call.proceed())
                        .breaks("Counters#subtracting_what_has_no_opposite_is_refused_and_the_counter_keeps_its_value"),
                inService(
                                "the service counts without the namespace",
                                "increment",
                                call -> call.proceedWith(
                                        CacheKey.of(call.<CacheKey>arg(0).key()), call.arg(1)))
                        .breaks("Counters#the_service_counts_under_any_key"));
    }

    private interface Sum {

        long of(long old, long by);
    }

    /** Counts by reading, adding and writing a counter anew. */
    private static Object counted(Call call, Sum sum) throws Throwable {
        EntryStore store = Twists.store(call);
        StoredEntry entry = store.read(call.arg(0), ANY);
        if (entry != null && !entry.schema().equals(COUNTER_SCHEMA)) {
            return call.proceed();
        }
        long next = sum.of(entry == null ? 0 : (Long) entry.value(), call.arg(1));
        synchronized (store) {
            store.remove(call.arg(0));
            store.increment(call.arg(0), next, call.arg(2));
        }
        return next;
    }

    private static Twisted<EntryStore> lookAndCount(Twisted<EntryStore> store) {
        ConcurrencyFaults.Leap leap = new ConcurrencyFaults.Leap();
        return store.with(
                "increment",
                call -> counted(call, (old, by) -> {
                    leap.await();
                    return Math.addExact(old, by);
                }));
    }

    private static Twisted<EntryStore> lookAndReset(Twisted<EntryStore> store) {
        ConcurrencyFaults.Leap leap = new ConcurrencyFaults.Leap();
        return store.with("resetCounter", call -> {
            long old = Twists.store(call).increment(call.arg(0), 0, call.arg(2));
            leap.await();
            Twists.store(call).increment(call.arg(0), call.<Long>arg(1) - old, call.arg(2));
            return null;
        });
    }

    private static Twisted<EntryStore> apart(Twisted<EntryStore> store) {
        Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
        return store.with("increment", call -> counters.computeIfAbsent(call.arg(0), key -> new AtomicLong())
                .addAndGet(call.<Long>arg(1)));
    }

    private static @Nullable Object setCounter(Call call) throws Throwable {
        StoredEntry entry = call.arg(1);
        if (!isCounter(call, call.arg(0))) {
            return call.proceed();
        }
        Twists.store(call).remove(call.arg(0));
        Twists.store(call).increment(call.arg(0), (Long) entry.value(), entry.ttlMillis());
        return null;
    }

    private static boolean isCounter(Call call, String key) {
        StoredEntry entry = Twists.store(call).read(key, ANY);
        return entry != null && entry.schema().equals(COUNTER_SCHEMA);
    }
}
