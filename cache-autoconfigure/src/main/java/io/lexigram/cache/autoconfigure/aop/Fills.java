package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CallOptions;
import io.lexigram.cache.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The caches one run of a method is to fill outside a load of theirs: reserved before the run, stored or closed after it. */
final class Fills implements AutoCloseable {

    private final List<Fill> fills = new ArrayList<>();

    void add(CachedOperation operation, String key, Reservation<Object> reservation) {
        fills.add(new Fill(operation, key, reservation));
    }

    boolean isEmpty() {
        return fills.isEmpty();
    }

    void store(Call returned) {
        for (Fill fill : fills) {
            fill.store(returned);
        }
    }

    /**
     * @param returned asked after the commit; null where there is nothing to store
     */
    void storeAfterCommit(CacheTransaction transaction, Supplier<@Nullable Call> returned) {
        for (Fill fill : fills) {
            transaction.defer(new Deferred(fill, transaction, returned));
        }
    }

    /** Gives up what is not stored. */
    @Override
    public void close() {
        for (Fill fill : fills) {
            fill.reservation.close();
        }
    }

    private record Fill(CachedOperation operation, String key, Reservation<Object> reservation) {

        void store(Call returned) {
            CallOptions options = operation.optionsFor(returned);
            if (options != null) {
                reservation.put(returned.result(), options);
            }
        }
    }

    private record Deferred(Fill fill, CacheTransaction transaction, Supplier<@Nullable Call> returned)
            implements CacheTransaction.Deferred {

        @Override
        public CacheOperation operation() {
            return fill.operation;
        }

        @Override
        public void commit(boolean certain) {
            try (Reservation<Object> reservation = fill.reservation) {
                Call call = returned.get();
                if (certain
                        && call != null
                        && !transaction.hasChanged(fill.operation.cache().name(), fill.key)) {
                    fill.store(call);
                }
            }
        }

        @Override
        public void discard() {
            fill.reservation.close();
        }
    }
}
