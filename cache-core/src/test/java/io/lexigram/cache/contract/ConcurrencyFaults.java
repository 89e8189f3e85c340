package io.lexigram.cache.contract;

import static io.lexigram.cache.contract.Fault.inBackend;
import static io.lexigram.cache.contract.Fault.inStore;

import io.lexigram.cache.contract.ConcurrencyContract.Pair;
import io.lexigram.cache.contract.Twisted.Twist;
import io.lexigram.cache.spi.CacheBackend;
import io.lexigram.cache.spi.EntryStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What can be wrong only when several threads are at it. */
final class ConcurrencyFaults {

    private ConcurrencyFaults() {}

    static List<Fault> all() {
        return List.of(
                inStore("values are torn", ConcurrencyFaults::torn)
                        .breaks("Concurrency#readers_see_whole_values_and_at_last_the_last_one_of_a_writer"),
                inStore("one write in a hundred is lost", ConcurrencyFaults::lossy)
                        .breaks("Concurrency#threads_with_keys_of_their_own_do_not_disturb_each_other"),
                inStore("put-if-absent looks and then writes", ConcurrencyFaults::lookAndWrite)
                        .breaks("Concurrency#put_if_absent_has_one_winner_and_its_value_stays"),
                inStore("delete looks and then removes", ConcurrencyFaults::lookAndRemove)
                        .breaks("Concurrency#one_of_many_deletions_finds_the_entry"),
                inStore("a batch looks and then removes", ConcurrencyFaults::lookAndRemoveMany)
                        .breaks("Concurrency#batches_that_overlap_count_every_entry_once"),
                inStore("a sweep forgets what came while it was under way", ConcurrencyFaults::forgetfulSweep)
                        .breaks("Concurrency#no_entry_escapes_a_sweep_while_others_write"),
                inBackend("a sweep looks and then removes", ConcurrencyFaults::sweeping)
                        .breaks("Concurrency#sweeps_that_overlap_count_every_entry_once"));
    }

    /** Lets nobody leap before two have looked, so that what can go wrong does. */
    static final class Leap {

        private final CountDownLatch looked = new CountDownLatch(2);

        void await() {
            looked.countDown();
            try {
                looked.await(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Twisted<EntryStore> torn(Twisted<EntryStore> store) {
        AtomicReference<Pair> last = new AtomicReference<>(Pair.of(-1, 0));
        return Twists.written(Edit.valueOf(Pair.class, pair -> {
                    Pair other = last.getAndSet(pair);
                    return new Pair(pair.writer(), pair.round(), other.filler());
                }))
                .apply(store);
    }

    private static Twisted<EntryStore> lossy(Twisted<EntryStore> store) {
        AtomicInteger writes = new AtomicInteger();
        return store.with("write", call -> writes.incrementAndGet() % 100 == 0 ? null : call.proceed());
    }

    private static Twisted<EntryStore> lookAndWrite(Twisted<EntryStore> store) {
        Leap leap = new Leap();
        return store.with("writeIfAbsent", call -> {
            boolean absent = !Twists.store(call).contains(call.arg(0));
            leap.await();
            if (absent) {
                Twists.store(call).write(call.arg(0), call.arg(1));
            }
            return absent;
        });
    }

    private static Twisted<EntryStore> lookAndRemove(Twisted<EntryStore> store) {
        Leap leap = new Leap();
        return store.with("remove", call -> {
            boolean present = Twists.store(call).contains(call.arg(0));
            leap.await();
            call.proceed();
            return present;
        });
    }

    private static Twisted<EntryStore> lookAndRemoveMany(Twisted<EntryStore> store) {
        Leap leap = new Leap();
        return store.with("removeMany", call -> {
            long present = call.<Collection<String>>arg(0).stream()
                    .filter(Twists.store(call)::contains)
                    .count();
            leap.await();
            call.proceed();
            return present;
        });
    }

    /** Every hundredth entry has come where the sweep had been. */
    private static Twisted<EntryStore> forgetfulSweep(Twisted<EntryStore> store) {
        AtomicInteger writes = new AtomicInteger();
        Set<String> passed = ConcurrentHashMap.newKeySet();
        return store.with("write", call -> {
                    if (writes.incrementAndGet() % 100 == 0) {
                        passed.add(call.arg(0));
                    }
                    return call.proceed();
                })
                .with("removeMatching", call -> Twists.store(call)
                        .removeMatching(call.<Predicate<String>>arg(0).and(key -> !passed.contains(key)), call.arg(1)));
    }

    /** Whatever sweeps: one cache or, by a pattern of the service, all of them. */
    private static CacheBackend sweeping(CacheBackend backend) {
        Leap leap = new Leap();
        CacheBackend looking = ForwardingBackend.onStores(backend, store -> {
            Twist sweep = call -> {
                long present = store.keys(key -> true, "").count();
                leap.await();
                call.proceed();
                return present;
            };
            return Twisted.of(EntryStore.class, store)
                    .with("clear", sweep)
                    .with("removeMatching", sweep)
                    .with("removeTagged", sweep)
                    .build();
        });
        return Twisted.of(CacheBackend.class, looking)
                .with("removeMatching", call -> {
                    long present = backend.keys(call.arg(0)).count();
                    leap.await();
                    call.proceed();
                    return present;
                })
                .build();
    }
}
