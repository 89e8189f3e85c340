package io.lexigram.cache.invalidate;

import io.lexigram.cache.invalidate.Undelivered.Delivery;
import io.lexigram.cache.invalidate.Undelivered.Scope;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this process has invalidated of late, so that it can be invalidated again where a backend may have lost what it had
 * confirmed.
 *
 * <p>Bounded as {@link Undelivered} is: what does not fit becomes an invalidation of the whole namespace, and then of
 * everything; only what is old enough is dropped.
 */
public final class Journal {

    /** How long an invalidation is remembered. */
    public static final Duration KEPT = Duration.ofSeconds(60);

    private final int max;
    private final LongSupplier ticker;
    private final Runnable onAdd;
    private final ReentrantLock lock = new ReentrantLock();

    /** The newest last. */
    private final Map<Scope, Made> made = new LinkedHashMap<>();

    /**
     * @param ticker nanoseconds
     * @param onAdd called whenever something was noted
     */
    public Journal(int max, LongSupplier ticker, Runnable onAdd) {
        this.onAdd = onAdd;
        this.max = max;
        this.ticker = ticker;
    }

    /** Notes an invalidation that is about to be made. The parameters are those of {@link Undelivered#add}. */
    public void add(
            Scope scope,
            @Nullable Predicate<String> matches,
            Delivery delivery,
            Delivery wholeNamespace,
            Delivery everything) {
        long now = ticker.getAsLong();
        lock.lock();
        try {
            forgetOld(now);
            put(new Made(scope, matches, delivery, wholeNamespace, everything, now));
            if (made.size() > max && !scope.isEverywhere()) {
                made.keySet()
                        .removeIf(other ->
                                !other.isEverywhere() && other.namespace().equals(scope.namespace()));
                Scope whole = Scope.namespace(scope.namespace());
                put(new Made(whole, null, wholeNamespace, wholeNamespace, everything, now));
            }
            if (made.size() > max) {
                made.clear();
                put(new Made(Scope.all(), null, everything, everything, everything, now));
            }
        } finally {
            lock.unlock();
        }
        onAdd.run();
    }

    private void put(Made one) {
        made.remove(one.scope);
        made.put(one.scope, one);
    }

    private void forgetOld(long now) {
        Iterator<Made> oldest = made.values().iterator();
        while (oldest.hasNext() && now - oldest.next().nanos >= KEPT.toNanos()) {
            oldest.remove();
        }
    }

    int size() {
        return made.size();
    }

    /** Whether nothing was invalidated in the last 60 seconds. */
    public boolean isEmpty() {
        lock.lock();
        try {
            forgetOld(ticker.getAsLong());
            return made.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Has everything delivered again that was invalidated in the last 60 seconds. @return how many invalidations these are */
    public int replay(Undelivered undelivered) {
        List<Made> all;
        lock.lock();
        try {
            forgetOld(ticker.getAsLong());
            all = List.copyOf(made.values());
        } finally {
            lock.unlock();
        }
        all.forEach(one -> undelivered.add(one.scope, one.matches, one.delivery, one.wholeNamespace, one.everything));
        return all.size();
    }

    private record Made(
            Scope scope,
            @Nullable Predicate<String> matches,
            Delivery delivery,
            Delivery wholeNamespace,
            Delivery everything,
            long nanos) {}
}
