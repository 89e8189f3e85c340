package io.lexigram.cache.service;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.CacheStampedeException;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.load.LeaseKeeper;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
            try {
                return run(turn);
            } catch (Throwable failure) {
                fail(turn, failure);
                throw failure;
            } finally {
                region.flights().close(turn.fence());
            }
        }

        private void fail(Turn.Lead turn, Throwable failure) {
            if (!(turn.fence() instanceof Flight flight)) {
                return;
            }
            if (failure instanceof InterruptedException || caller.isInterrupted()) {
                flight.abandon();
            } else {
                flight.fail(failure);
            }
        }

        /** Runs the loader, releases those who wait, then stores: nobody waits for the store but the leader. */
        private @Nullable V run(Turn.Lead turn) throws X {
            LoadScope scope = new LoadScope(region.keyOf(request().key()));
            long started = region.engine().time().nanos();
            V value;
            LeaseKeeper keeper = fills.keep(turn);
            try {
                value = protection.strategy().load(scope.key(), () -> loader.load(scope));
            } catch (Throwable failure) {
                fills.failed(turn);
                throw failure;
            } finally {
                if (keeper != null) {
                    keeper.close();
                }
            }
            fills.succeeded(
                    turn, request(), scope, value, region.engine().time().nanos() - started);
            return value;
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
                return new Outcome<>(waitedTooLong(holder(flight), turn.stale()));
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
                region.counters().staleServed.increment();
                return StrictCache.value(stale, request().type());
            }
            if (protection.onWaitTimeout() != Protection.OnWaitTimeout.FAIL) {
                return alone();
            }
            CacheStampedeException refused = new CacheStampedeException(
                    "Waited " + protection.maxWait() + " for a load led by " + holder
                            + ". Raise max-wait, make the loader faster, or set on-wait-timeout to load.",
                    holder);
            refused.at(
                    region.policy().backend(),
                    region.displayName(),
                    region.shown(request().key()));
            throw refused;
        }
    }

    private static String holder(Flight flight) {
        Thread leader = flight.leader();
        return leader == null ? "an asynchronous load" : "thread " + leader.getName();
    }

    /** Rethrows what the leader's loader threw: it is of the waiter's exception type as far as the compiler can know. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchanged(@Nullable Throwable failure) throws X {
        throw (X) Objects.requireNonNull(failure);
    }

    /** What waiting came to. */
    private record Outcome<V>(@Nullable V value) {}
}
