package io.lexigram.cache.autoconfigure.aop;

import io.lexigram.cache.CacheKeyException;
import io.lexigram.cache.Lookup;
import io.lexigram.cache.Reservation;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call's keys in the caches of its method, and what is there. */
final class Lookups {

    private final CachedOperation[] operations;
    private final @Nullable String[] keys;

    private Lookups(CachedOperation[] operations, @Nullable String[] keys) {
        this.operations = operations;
        this.keys = keys;
    }

    /** Of the operations from one on; those that do not apply to the call have no key. */
    static Lookups of(Call call, CachedOperation[] operations, int from) {
        @Nullable String[] keys = new String[operations.length];
        for (int i = from; i < keys.length; i++) {
            keys[i] = operations[i].keyFor(call);
        }
        return new Lookups(operations, keys);
    }

    /** Notes that a key is refused: what is under it is not asked for again. */
    private void refuse(int index, CacheKeyException cause) {
        operations[index].log().fault(CachedOperation.UNCACHED, cause);
        keys[index] = null;
    }

    boolean anyChangedBy(CacheTransaction transaction) {
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            if (key != null && transaction.hasChanged(operations[i].cache().name(), key)) {
                return true;
            }
        }
        return false;
    }

    /** The first value there is. */
    Lookup.@Nullable Hit<Object> firstHit() {
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            try {
                if (key != null && operations[i].handle().lookup(key) instanceof Lookup.Hit<Object> hit) {
                    return hit;
                }
            } catch (CacheKeyException e) {
                refuse(i, e);
            }
        }
        return null;
    }

    /** As {@link #firstHit()}, without blocking. */
    CompletableFuture<Lookup.@Nullable Hit<Object>> firstHitAsync() {
        return firstHitAsync(0);
    }

    private CompletableFuture<Lookup.@Nullable Hit<Object>> firstHitAsync(int from) {
        for (int i = from; i < keys.length; i++) {
            String key = keys[i];
            int next = i + 1;
            try {
                if (key != null) {
                    return operations[i]
                            .handle()
                            .async()
                            .lookup(key)
                            .toCompletableFuture()
                            .thenCompose(found ->
                                    found instanceof Lookup.Hit<Object> hit ? Stages.done(hit) : firstHitAsync(next));
                }
            } catch (CacheKeyException e) {
                refuse(i, e);
            }
        }
        return Stages.done(null);
    }

    /** Reserves every key, for values whose run begins now. */
    Fills reserve() {
        Fills fills = new Fills();
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            try {
                if (key != null) {
                    fills.add(operations[i], key, operations[i].handle().reserve(key));
                }
            } catch (CacheKeyException e) {
                refuse(i, e);
            }
        }
        return fills;
    }

    /** As {@link #reserve()}, without blocking: the run is to begin when the stage has ended. */
    CompletableFuture<Fills> reserveAsync() {
        CompletableFuture<Fills> fills = CompletableFuture.completedFuture(new Fills());
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i];
            if (key != null) {
                CachedOperation operation = operations[i];
                fills = fills.thenCombine(reservation(i, key), (all, reservation) -> {
                    if (reservation != null) {
                        all.add(operation, key, reservation);
                    }
                    return all;
                });
            }
        }
        return fills;
    }

    /** Null for a key that is refused. */
    private CompletableFuture<@Nullable Reservation<Object>> reservation(int index, String key) {
        try {
            return Stages.<Reservation<Object>>unwrapped(
                            operations[index].handle().async().reserve(key))
                    .exceptionallyCompose(failure -> {
                        if (!(failure instanceof CacheKeyException refused)) {
                            return CompletableFuture.failedFuture(failure);
                        }
                        refuse(index, refused);
                        return Stages.done(null);
                    });
        } catch (CacheKeyException e) {
            refuse(index, e);
            return Stages.done(null);
        }
    }
}
