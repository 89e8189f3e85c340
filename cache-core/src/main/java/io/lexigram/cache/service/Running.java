package io.lexigram.cache.service;

import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.LoadTimeout;
import io.lexigram.cache.load.Flight;
import io.lexigram.cache.load.LeaseKeeper;
import io.lexigram.cache.spi.StoredEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A load that runs apart from its caller. However it ends, late or not, it ends once, and behind its fence: those who wait are
 * told, the value is stored, the lease goes.
 *
 * <p>The soft time-out concerns the caller alone, who gets the stale value while the load goes on. The hard one ends the load
 * for everybody: what the loader returns later is dropped.
 */
final class Running<V> {

    private final Region region;
    private final Fills fills;
    private final Turn.Lead turn;
    private final LoadRequest<V> request;
    private final LoadScope scope;
    private final long started;
    private final @Nullable LeaseKeeper keeper;

    Running(Region region, Fills fills, Turn.Lead turn, LoadRequest<V> request, LoadScope scope) {
        this.region = region;
        this.fills = fills;
        this.turn = turn;
        this.request = request;
        this.scope = scope;
        this.started = region.engine().time().nanos();
        this.keeper = fills.keep(turn);
    }

    /**
     * What the caller gets; the loader has begun already. Those who wait are told before the executor has a thread: it may have
     * none but theirs.
     */
    CompletableFuture<@Nullable V> outcome(CompletionStage<? extends @Nullable V> loading, Executor executor) {
        LoadTimeout timeout = request.policy().loadTimeout();
        CompletableFuture<@Nullable Object> raw = loading.<@Nullable Object>thenApply(value -> value)
                .toCompletableFuture()
                .copy();
        if (timeout != null && timeout.hard() != null) {
            raw.orTimeout(timeout.hard().toNanos(), TimeUnit.NANOSECONDS);
        }
        CompletableFuture<@Nullable V> ended = raw.handleAsync(this::end, executor);
        CompletableFuture<@Nullable Object> unused = raw.whenComplete(this::tellThoseWhoWait);
        StoredEntry stale = turn.stale();
        Duration soft = timeout == null ? null : timeout.soft();
        return soft != null && stale != null && region.isStale(stale) ? orStale(ended, stale, soft) : ended;
    }

    private CompletableFuture<@Nullable V> orStale(
            CompletableFuture<@Nullable V> ended, StoredEntry stale, Duration soft) {
        return ended.copy().orTimeout(soft.toNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose(failure -> {
            if (!(failure instanceof TimeoutException)) {
                return CompletableFuture.failedFuture(failure);
            }
            region.told().staleServed(request.key());
            return CompletableFuture.completedFuture(StrictCache.value(stale, request.type()));
        });
    }

    /** Unless a value past its lifetime may stand in, of which the backend has to say more. */
    private void tellThoseWhoWait(@Nullable Object value, @Nullable Throwable thrown) {
        if (!(turn.fence() instanceof Flight flight)) {
            return;
        }
        if (thrown == null) {
            flight.complete(scope.outcome(value));
            return;
        }
        Throwable failure = unwrapped(thrown);
        if (!fills.mayStandIn(turn, request, failure)) {
            flight.fail(failure);
        }
    }

    private @Nullable V end(@Nullable Object value, @Nullable Throwable thrown) {
        try {
            if (keeper != null) {
                keeper.close();
            }
            if (thrown == null) {
                long nanos = region.engine().time().nanos() - started;
                return request.cast(fills.succeeded(turn, request, scope, value, nanos));
            }
            Throwable failure = unwrapped(thrown);
            StoredEntry stale = fills.failed(turn, request, failure, true);
            if (stale != null) {
                return StrictCache.value(stale, request.type());
            }
            if (turn.fence() instanceof Flight flight) {
                flight.fail(failure);
            }
            throw new CompletionException(failure);
        } finally {
            region.flights().close(turn.fence());
        }
    }

    /** What the loader failed with; a hard time-out in words. */
    private Throwable unwrapped(Throwable thrown) {
        LoadTimeout timeout = request.policy().loadTimeout();
        if (thrown instanceof TimeoutException && timeout != null && timeout.hard() != null) {
            CacheTimeoutException tooLong = new CacheTimeoutException("The load took longer than " + timeout.hard()
                    + ", which is the hard load timeout; its value will be dropped. Make the loader faster or raise"
                    + " load-timeout.hard.");
            return tooLong.at(region.policy().backend(), region.displayName(), region.shown(request.key()));
        }
        return cause(thrown);
    }

    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }
}
