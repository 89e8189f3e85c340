package io.lexigram.cache.service;

import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.RefreshAhead;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Loads of one region that block nobody while they wait; they share flights with {@link Loads}. */
final class AsyncLoads {

    private final Region region;
    private final Protection protection;
    private final Turns turns;
    private final Fills fills;

    AsyncLoads(Region region) {
        this.region = region;
        this.protection = region.engine().protection();
        this.turns = new Turns(region);
        this.fills = new Fills(region);
    }

    /** As {@link Loads#load}. Asks the store on the calling thread, which waits for its answer but for no load. */
    <V> CompletionStage<@Nullable V> load(LoadRequest<V> request, AsyncLoader<V> loader) {
        return new Load<>(request, loader).outcome();
    }

    /** Refreshes a value that was found, where it is due. */
    <V> void refreshIfDue(LoadRequest<V> request, StoredEntry present, AsyncLoader<V> loader) {
        new Load<>(request, loader).refresh(present);
    }

    /** One caller's load. */
    private final class Load<V> {

        private final AsyncLoader<V> loader;
        private final Attempts<V> attempts;

        private Load(LoadRequest<V> request, AsyncLoader<V> loader) {
            this.loader = loader;
            this.attempts = new Attempts<>(region, turns, request, null);
        }

        private LoadRequest<V> request() {
            return attempts.request();
        }

        private CompletionStage<@Nullable V> outcome() {
            Turn turn;
            try {
                turn = attempts.next();
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
            if (turn instanceof Turn.Hit hit) {
                refresh(hit.entry());
                return CompletableFuture.completedFuture(
                        StrictCache.value(hit.entry(), request().type()));
            }
            if (turn instanceof Turn.Lead lead) {
                return lead(lead);
            }
            if (turn instanceof Turn.Join join) {
                return join(join);
            }
            return turn instanceof Turn.Watch watch ? watch(watch) : alone();
        }

        private CompletionStage<@Nullable V> alone() {
            return lead(new Turn.Lead(region.flights().reserve(request().key()), null, null));
        }

        private CompletionStage<@Nullable V> join(Turn.Join turn) {
            Flight flight = turn.flight();
            region.counters().coalesced.increment();
            CompletableFuture<@Nullable V> shared = flight.result()
                    .copy()
                    .orTimeout(attempts.patience(), TimeUnit.NANOSECONDS)
                    .thenApplyAsync(request()::cast, region.engine().executor());
            return shared.exceptionallyComposeAsync(
                    failure -> {
                        Throwable cause = Running.cause(failure);
                        if (cause instanceof AbandonedException abandoned) {
                            return abandoned.isUncacheable() ? alone() : outcome();
                        }
                        return cause instanceof TimeoutException
                                        && !flight.result().isDone()
                                ? waitedTooLong(Attempts.holder(flight), turn.stale())
                                : CompletableFuture.<@Nullable V>failedFuture(cause);
                    },
                    region.engine().executor());
        }

        private CompletionStage<@Nullable V> waitedTooLong(String holder, @Nullable StoredEntry stale) {
            if (protection.onWaitTimeout() == Protection.OnWaitTimeout.STALE && stale != null) {
                region.told().staleServed(request().key());
                return CompletableFuture.completedFuture(
                        StrictCache.value(stale, request().type()));
            }
            return protection.onWaitTimeout() == Protection.OnWaitTimeout.FAIL
                    ? CompletableFuture.failedFuture(attempts.refusal(holder))
                    : alone();
        }

        private CompletionStage<@Nullable V> watch(Turn.Watch turn) {
            Flight flight = turn.flight();
            CompletableFuture<Boolean> end = Objects.requireNonNull(region.sharedLoads())
                    .awaitEnd(request().key(), flight.token(), protection.retryInterval());
            region.counters().coalesced.increment();
            return end.copy()
                    .orTimeout(attempts.patience(), TimeUnit.NANOSECONDS)
                    .whenComplete((uncacheable, failure) -> {
                        end.cancel(false);
                        flight.abandon(Boolean.TRUE.equals(uncacheable));
                        region.flights().close(flight);
                    })
                    .handleAsync(
                            (uncacheable, failure) -> {
                                if (failure != null && Running.cause(failure) instanceof TimeoutException) {
                                    return waitedTooLong("another process", turn.stale());
                                }
                                return Boolean.TRUE.equals(uncacheable) ? alone() : outcome();
                            },
                            region.engine().executor())
                    .thenCompose(next -> next);
        }

        private CompletionStage<@Nullable V> lead(Turn.Lead turn) {
            LoadScope scope = new LoadScope(region.keyOf(request().key()), turn.stale());
            Running<V> running = new Running<>(region, fills, turn, request(), scope);
            return running.outcome(begin(turn, scope), region.engine().executor());
        }

        /** As long as the loader has not returned its stage, a blocking load of its key on its thread waits for itself. */
        private CompletionStage<@Nullable V> begin(Turn.Lead turn, LoadScope scope) {
            turn.runBy(Thread.currentThread());
            try {
                return loader.load(scope);
            } catch (Throwable failure) {
                return CompletableFuture.failedFuture(failure);
            } finally {
                turn.runBy(null);
            }
        }

        /** Loads anew what is there, where chance says so, and lets nobody wait for it. */
        private void refresh(StoredEntry present) {
            RefreshAhead ahead = request().policy().refreshAhead();
            if (ahead == null || !region.engine().entries().isRefreshDue(present, ahead)) {
                return;
            }
            region.engine().executor().execute(() -> {
                Turn.Lead turn = turns.refreshOrNull(request(), present, null);
                if (turn != null) {
                    var unused = lead(turn);
                }
            });
        }
    }
}
