package io.lexigram.cache.service;

import io.lexigram.cache.AdaptiveLoader;
import io.lexigram.cache.CacheStampedeException;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Objects;
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
    private final Fills fills;

    Loads(Region region) {
        this.region = region;
        this.protection = region.engine().protection();
        this.fills = new Fills(region);
    }

    <V, X extends Throwable> @Nullable V load(LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) throws X {
        if (!protection.enabled() || !request.options().isProtected()) {
            return alone(request, loader);
        }
        long giveUpAt = region.engine().time().nanos() + protection.maxWait().toNanos();
        while (true) {
            Thread caller = Thread.currentThread();
            Flight ticket = region.flights().ticket(request.key(), request.type(), caller);
            Flight flight = region.flights().joinOrLead(request.key(), ticket);
            if (flight == ticket) {
                return lead(flight, request, loader);
            }
            if (flight.leader() == caller) {
                throw new IllegalStateException("The loader of key '" + region.shown(request.key()) + "' of cache '"
                        + region.displayName() + "' asks for that same key. Load it from its source.");
            }
            if (!flight.type().equals(request.type())) {
                return alone(request, loader);
            }
            region.counters().coalesced.increment();
            try {
                long patience = giveUpAt - region.engine().time().nanos();
                return request.cast(flight.result().get(Math.max(0, patience), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AbandonedException)) {
                    throw Loads.<X>unchanged(e.getCause());
                }
            } catch (InterruptedException e) {
                caller.interrupt();
                return alone(request, loader);
            } catch (TimeoutException e) {
                return waitedTooLong(flight, request, loader);
            }
        }
    }

    private <V, X extends Throwable> @Nullable V lead(
            Flight flight, LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) throws X {
        try {
            StoredEntry present = fills.secondLook(request);
            if (present != null) {
                flight.complete(present.value());
                return StrictCache.value(present, request.type());
            }
            return run(flight, request, loader);
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException
                    || Thread.currentThread().isInterrupted()) {
                flight.abandon();
            } else {
                flight.fail(failure);
            }
            throw failure;
        } finally {
            region.flights().close(flight);
        }
    }

    private <V, X extends Throwable> @Nullable V alone(LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader)
            throws X {
        Fence fence = region.flights().reserve(request.key());
        try {
            return run(fence, request, loader);
        } finally {
            region.flights().close(fence);
        }
    }

    /** Runs the loader, releases those who wait, then stores: nobody waits for the store but the leader. */
    private <V, X extends Throwable> @Nullable V run(
            Fence fence, LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) throws X {
        LoadScope scope = new LoadScope(region.keyOf(request.key()));
        long started = region.engine().time().nanos();
        V value;
        try {
            value = protection.strategy().load(scope.key(), () -> loader.load(scope));
        } catch (Throwable failure) {
            fills.failed();
            throw failure;
        }
        long nanos = region.engine().time().nanos() - started;
        fills.succeeded(nanos);
        if (fence instanceof Flight flight) {
            flight.complete(value);
        }
        fills.store(fence, request, scope, value, nanos);
        return value;
    }

    private <V, X extends Throwable> @Nullable V waitedTooLong(
            Flight flight, LoadRequest<V> request, AdaptiveLoader<? extends V, X> loader) throws X {
        if (protection.onWaitTimeout() == Protection.OnWaitTimeout.LOAD) {
            return alone(request, loader);
        }
        String holder = flight.leader() == null
                ? "an asynchronous load"
                : "thread " + flight.leader().getName();
        CacheStampedeException refused = new CacheStampedeException(
                "Waited " + protection.maxWait() + " for a load led by " + holder
                        + ". Raise max-wait, make the loader faster, or set on-wait-timeout to load.",
                holder);
        refused.at(region.policy().backend(), region.displayName(), region.shown(request.key()));
        throw refused;
    }

    /** Rethrows what the leader's loader threw: it is of the waiter's exception type as far as the compiler can know. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchanged(@Nullable Throwable failure) throws X {
        throw (X) Objects.requireNonNull(failure);
    }
}
