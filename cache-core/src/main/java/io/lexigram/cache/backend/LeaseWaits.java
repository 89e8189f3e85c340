package io.lexigram.cache.backend;

import io.lexigram.cache.spi.ByteBackend.Leases;
import io.lexigram.cache.spi.ByteBackend.WakeUpListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Waits for leases that other processes hold. A waiter is woken by a message; as messages may be lost it looks at the key as
 * well, at once and then at growing intervals.
 */
final class LeaseWaits implements WakeUpListener {

    private static final long FIRST_PAUSE_MILLIS = 5;

    private final Leases leases;
    private final Deadline deadline;
    private final ConcurrentHashMap<ByteBuffer, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    private final AtomicBoolean subscribed = new AtomicBoolean();

    LeaseWaits(Leases leases, Deadline deadline) {
        this.leases = leases;
        this.deadline = deadline;
    }

    /** Begins to hear of the ends of leases, in the background; a process that loads may soon wait. */
    void listen() {
        if (!subscribed.get() && subscribed.compareAndSet(false, true)) {
            leases.onWakeUp(this);
        }
    }

    /** Completes with whether the load came to something uncacheable; fails where the backend cannot be asked. */
    CompletableFuture<Boolean> await(byte[] key, long token, Duration longestPause) {
        listen();
        Waiter waiter = new Waiter(new CompletableFuture<>());
        CompletableFuture<Boolean> ended = waiter.ended;
        ByteBuffer name = ByteBuffer.wrap(key);
        waiting.compute(name, (k, waiters) -> {
            Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
        CompletableFuture<Boolean> unused = ended.whenComplete((uncacheable, failure) -> forget(name, waiter));
        look(key, token, ended, FIRST_PAUSE_MILLIS, longestPause.toMillis());
        return ended;
    }

    private void look(byte[] key, long token, CompletableFuture<Boolean> ended, long pause, long longestPause) {
        if (ended.isDone()) {
            return;
        }
        var unused = deadline.<byte @Nullable []>within(() -> leases.announceWaiter(key, token))
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        ended.completeExceptionally(failure);
                    } else if (found != null) {
                        ended.complete(false);
                    } else {
                        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, Runnable::run)
                                .execute(
                                        () -> look(key, token, ended, Math.min(2 * pause, longestPause), longestPause));
                    }
                });
    }

    private void forget(ByteBuffer name, Waiter waiter) {
        waiting.computeIfPresent(name, (k, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    @Override
    public void wakeUp(byte[] key, boolean uncacheable) {
        @Nullable Set<Waiter> waiters = waiting.get(ByteBuffer.wrap(key));
        if (waiters != null) {
            waiters.forEach(waiter -> waiter.ended.complete(uncacheable));
        }
    }

    /** One who waits; each is only itself. */
    private static final class Waiter {

        private final CompletableFuture<Boolean> ended;

        private Waiter(CompletableFuture<Boolean> ended) {
            this.ended = ended;
        }
    }
}
