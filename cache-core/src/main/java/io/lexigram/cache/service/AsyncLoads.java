package io.lexigram.cache.service;

import io.lexigram.cache.AsyncLoader;
import io.lexigram.cache.load.AbandonedException;
import io.lexigram.cache.load.Fence;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.spi.StoredEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Loads of one region that block nobody; they share flights with {@link Loads}. */
final class AsyncLoads {

    private final Region region;
    private final Protection protection;
    private final Fills fills;

    AsyncLoads(Region region) {
        this.region = region;
        this.protection = region.engine().protection();
        this.fills = new Fills(region);
    }

    <V> CompletionStage<@Nullable V> load(LoadRequest<V> request, AsyncLoader<V> loader) {
        if (!protection.enabled() || !request.options().isProtected()) {
            return alone(request, loader);
        }
        Flight ticket = region.flights().ticket(request.key(), request.type(), null);
        Flight flight = region.flights().joinOrLead(request.key(), ticket);
        if (flight == ticket) {
            return lead(flight, request, loader);
        }
        return flight.type().equals(request.type()) ? join(flight, request, loader) : alone(request, loader);
    }

    private <V> CompletionStage<@Nullable V> join(Flight flight, LoadRequest<V> request, AsyncLoader<V> loader) {
        region.counters().coalesced.increment();
        CompletableFuture<@Nullable V> shared = flight.result()
                .copy()
                .orTimeout(protection.maxWait().toNanos(), TimeUnit.NANOSECONDS)
                .thenApplyAsync(request::cast, region.engine().executor());
        return shared.exceptionallyCompose(failure -> {
            Throwable cause = unwrapped(failure);
            if (cause instanceof AbandonedException) {
                return load(request, loader);
            }
            return cause instanceof TimeoutException && !flight.result().isDone()
                    ? alone(request, loader)
                    : CompletableFuture.<@Nullable V>failedFuture(cause);
        });
    }

    private <V> CompletionStage<@Nullable V> lead(Flight flight, LoadRequest<V> request, AsyncLoader<V> loader) {
        StoredEntry present = fills.secondLook(request);
        if (present == null) {
            return run(flight, request, loader);
        }
        flight.complete(present.value());
        region.flights().close(flight);
        return CompletableFuture.completedFuture(StrictCache.value(present, request.type()));
    }

    private <V> CompletionStage<@Nullable V> alone(LoadRequest<V> request, AsyncLoader<V> loader) {
        return run(region.flights().reserve(request.key()), request, loader);
    }

    private <V> CompletionStage<@Nullable V> run(Fence fence, LoadRequest<V> request, AsyncLoader<V> loader) {
        LoadScope scope = new LoadScope(region.keyOf(request.key()));
        long started = region.engine().time().nanos();
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
                        if (failure == null) {
                            loaded(fence, request, scope, value, nanos);
                        } else {
                            failed(fence, failure);
                        }
                    } finally {
                        region.flights().close(fence);
                    }
                },
                region.engine().executor());
    }

    private void loaded(Fence fence, LoadRequest<?> request, LoadScope scope, @Nullable Object value, long nanos) {
        fills.succeeded(nanos);
        if (fence instanceof Flight flight) {
            flight.complete(value);
        }
        fills.store(fence, request, scope, value, nanos);
    }

    private void failed(Fence fence, Throwable failure) {
        fills.failed();
        if (fence instanceof Flight flight) {
            flight.fail(unwrapped(failure));
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
