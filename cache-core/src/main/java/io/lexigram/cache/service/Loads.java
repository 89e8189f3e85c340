package io.lexigram.cache.service;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.load.LeaseKeeper;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads of one region on the callers' threads: one caller of a key leads, the others wait and share what it comes to.
 *
 * <p>An interrupt concerns its own thread alone: an interrupted waiter runs the loader itself with the interrupt still
 * pending, as it would without a cache, and where the leader was interrupted one of the waiters leads anew.
 */
final class Loads {

    private final Region region;
    private final Protection protection;
    private final Turns turns;
    private final Fills fills;

    Loads(Region region) {
        this.region = region;
        this.protection = region.engine().protection();
        this.turns = new Turns(region);
        this.fills = new Fills(region);
    }

    /** The value of a key that this process has not found, or that it has not looked for where loads are shared. */
    <V, X extends Throwable> @Nullable V load(LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) throws X {
        return new Load<V, X>(request, loader).outcome();
    }

    /** Refreshes a value that was found, where it is due. */
    <V, X extends Throwable> void refreshIfDue(
            LoadRequest<V> request, StoredEntry present, AdaptiveLoader<? extends V, X> loader) {
        new Load<V, X>(request, loader).refresh(present);
    }

    /** One caller's load. */
    private final class Load<V, X extends Throwable> {

        private final AdaptiveLoader<? extends V, X> loader;
        private final Thread caller = Thread.currentThread();
        private final Attempts<V> attempts;

        private Load(LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) {
            this.loader = loader;
            this.attempts = new Attempts<>(region, turns, request, caller);
        }

        private LoadRequest<V> request() {
            return attempts.request();
        }

        private @Nullable V outcome() throws X {
            while (true) {
                Turn turn = attempts.next();
                if (turn instanceof Turn.Hit hit) {
                    refresh(hit.entry());
                    return StrictCache.value(hit.entry(), request().type());
                }
                if (turn instanceof Turn.Lead lead) {
                    return lead(lead);
                }
                if (turn instanceof Turn.Alone) {
                    return alone();
                }
                Outcome<V> outcome = turn instanceof Turn.Join join ? join(join) : watch((Turn.Watch) turn);
                if (outcome != null) {
                    return outcome.value();
                }
            }
        }

        private @Nullable V lead(Turn.Lead turn) throws X {
            return request().policy().loadTimeout() == null || region.engine().isBoundToThread()
                    ? run(turn)
                    : runApart(turn);
        }

        /** Runs the loader, releases those who wait, then stores: nobody waits for the store but the leader. */
        private @Nullable V run(Turn.Lead turn) throws X {
            LoadScope scope = new LoadScope(region.keyOf(request().key()), turn.stale());
            long started = region.engine().time().nanos();
            LeaseKeeper keeper = fills.keep(turn);
            try {
                V value;
                try {
                    value = load(scope);
                } catch (Throwable failure) {
                    StoredEntry stale = fail(turn, failure);
                    if (stale == null) {
                        throw failure;
                    }
                    return StrictCache.value(stale, request().type());
                }
                long nanos = region.engine().time().nanos() - started;
                return request().cast(fills.succeeded(turn, request(), scope, value, nanos));
            } finally {
                if (keeper != null) {
                    keeper.close();
                }
                region.flights().close(turn.fence());
            }
        }

        private @Nullable V load(LoadScope scope) throws X {
            return protection.strategy().load(scope.key(), () -> loader.load(scope));
        }

        /** What stands in; null where the failure goes to all who wait. */
        private @Nullable StoredEntry fail(Turn.Lead turn, Throwable failure) {
            boolean isInterrupted = failure instanceof InterruptedException || caller.isInterrupted();
            StoredEntry stale = fills.failed(turn, request(), failure, !isInterrupted);
            if (stale == null && turn.fence() instanceof Flight flight) {
                if (isInterrupted) {
                    flight.abandon();
                } else {
                    flight.fail(failure);
                }
            }
            return stale;
        }

        /** Runs the loader on another thread, so that the caller can go before it ends. */
        private @Nullable V runApart(Turn.Lead turn) throws X {
            LoadScope scope = new LoadScope(region.keyOf(request().key()), turn.stale());
            Running<V> running = new Running<>(region, fills, turn, request(), scope);
            // The caller may be back before the loader begins, and its thread at other work before the load has ended.
            turn.runBy(null);
            Executor executor = region.engine().executor().awaited();
            CompletableFuture<@Nullable V> loading = CompletableFuture.supplyAsync(
                    () -> {
                        turn.runBy(Thread.currentThread());
                        try {
                            return load(scope);
                        } catch (Throwable failure) {
                            throw new CompletionException(failure);
                        } finally {
                            turn.runBy(null);
                        }
                    },
                    executor);
            try {
                return running.outcome(loading, executor).get();
            } catch (ExecutionException e) {
                throw Loads.<X>unchanged(e.getCause());
            } catch (InterruptedException e) {
                caller.interrupt();
                return run(new Turn.Lead(region.flights().reserve(request().key()), null, null));
            }
        }

        /** Loads anew what is there, where chance says so, and lets nobody wait for it. */
        private void refresh(StoredEntry present) {
            RefreshAhead ahead = request().policy().refreshAhead();
            if (ahead == null
                    || !region.engine().entries().isRefreshDue(present, ahead)
                    || region.engine().isBoundToThread()) {
                return;
            }
            region.engine().executor().execute(() -> {
                Turn.Lead turn = turns.refreshOrNull(request(), present, Thread.currentThread());
                if (turn != null) {
                    new Load<>(request(), loader).runQuietly(turn);
                }
            });
        }

        /** The value that is there is served until its end; who loads after it finds the source's fault out by himself. */
        private void runQuietly(Turn.Lead turn) {
            try {
                V unused = run(turn);
            } catch (Throwable failure) {
                region.faults().refreshFailed(failure);
            }
        }

        private @Nullable V alone() throws X {
            return lead(new Turn.Lead(region.flights().reserve(request().key()), null, null));
        }

        private @Nullable Outcome<V> join(Turn.Join turn) throws X {
            Flight flight = turn.flight();
            if (flight.leader() == caller) {
                throw new IllegalStateException(
                        "The loader of key '" + region.shown(request().key()) + "' of cache '" + region.displayName()
                                + "' asks for that same key. Load it from its source.");
            }
            region.counters().coalesced.increment();
            try {
                return new Outcome<>(request().cast(flight.result().get(attempts.patience(), TimeUnit.NANOSECONDS)));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AbandonedException abandoned)) {
                    throw Loads.<X>unchanged(e.getCause());
                }
                return abandoned.isUncacheable() ? new Outcome<>(alone()) : null;
            } catch (InterruptedException e) {
                caller.interrupt();
                return new Outcome<>(alone());
            } catch (TimeoutException e) {
                return new Outcome<>(waitedTooLong(Attempts.holder(flight), turn.stale()));
            }
        }

        /** Waits for another process; whoever of this process waits for the flight asks the store anew afterwards. */
        private @Nullable Outcome<V> watch(Turn.Watch turn) throws X {
            Flight flight = turn.flight();
            CompletableFuture<Boolean> end = Objects.requireNonNull(region.sharedLoads())
                    .awaitEnd(request().key(), flight.token(), protection.retryInterval());
            region.counters().coalesced.increment();
            boolean uncacheable = false;
            try {
                uncacheable = end.get(attempts.patience(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                // The next turn finds out what the backend has to say.
            } catch (InterruptedException e) {
                caller.interrupt();
                return new Outcome<>(alone());
            } catch (TimeoutException e) {
                return new Outcome<>(waitedTooLong("another process", turn.stale()));
            } finally {
                end.cancel(false);
                flight.abandon(uncacheable);
                region.flights().close(flight);
            }
            return uncacheable ? new Outcome<>(alone()) : null;
        }

        private @Nullable V waitedTooLong(String holder, @Nullable StoredEntry stale) throws X {
            if (protection.onWaitTimeout() == Protection.OnWaitTimeout.STALE && stale != null) {
                region.told().staleServed(request().key());
                return StrictCache.value(stale, request().type());
            }
            if (protection.onWaitTimeout() != Protection.OnWaitTimeout.FAIL) {
                return alone();
            }
            throw attempts.refusal(holder);
        }
    }

    /** Rethrows what the leader's loader threw: it is of the waiter's exception type as far as the compiler can know. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchanged(@Nullable Throwable failure) throws X {
        throw (X) Objects.requireNonNull(failure);
    }

    /** What waiting came to. */
    private record Outcome<V>(@Nullable V value) {}
}
