package io.lexigram.cache.service;

import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.load.LeaseKeeper;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
                        Throwable cause = unwrapped(failure);
                        if (cause instanceof AbandonedException abandoned) {
                            return abandoned.isUncacheable() ? alone() : outcome();
                        }
                        return cause instanceof TimeoutException
                                        && !flight.result().isDone()
                                ? alone()
                                : CompletableFuture.<@Nullable V>failedFuture(cause);
                    },
                    region.engine().executor());
        }

        private CompletionStage<@Nullable V> watch(Turn.Watch turn) {
            Flight flight = turn.flight();
            CompletableFuture<Boolean> end = Objects.requireNonNull(region.sharedLoads())
                    .awaitEnd(request().key(), flight.token(), protection.retryInterval());
            region.counters().coalesced.increment();
            return end.copy()
                    .orTimeout(attempts.patience(), TimeUnit.NANOSECONDS)
                    .handleAsync(
                            (uncacheable, failure) -> {
                                boolean byItself = Boolean.TRUE.equals(uncacheable);
                                end.cancel(false);
                                flight.abandon(byItself);
                                region.flights().close(flight);
                                return byItself || failure instanceof TimeoutException ? alone() : outcome();
                            },
                            region.engine().executor())
                    .thenCompose(next -> next);
        }

        private CompletionStage<@Nullable V> lead(Turn.Lead turn) {
            LoadScope scope = new LoadScope(region.keyOf(request().key()));
            long started = region.engine().time().nanos();
            LeaseKeeper keeper = fills.keep(turn);
            CompletionStage<@Nullable V> loading;
            try {
                loading = loader.load(scope);
            } catch (Throwable failure) {
                loading = CompletableFuture.failedFuture(failure);
            }
            return loading.whenCompleteAsync(
                    (value, failure) -> {
                        long nanos = region.engine().time().nanos() - started;
                        try {
                            if (keeper != null) {
                                keeper.close();
                            }
                            if (failure == null) {
                                fills.succeeded(turn, request(), scope, value, nanos);
                            } else {
                                failed(turn, failure);
                            }
                        } finally {
                            region.flights().close(turn.fence());
                        }
                    },
                    region.engine().executor());
        }

        private void failed(Turn.Lead turn, Throwable failure) {
            fills.failed(turn);
            if (turn.fence() instanceof Flight flight) {
                flight.fail(unwrapped(failure));
            }
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
