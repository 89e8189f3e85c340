package io.lexigram.cache.backend.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection that hears the messages of a channel, from its {@linkplain #start start} to its end. One that is lost,
 * or that could not be made, is made anew after the {@link Backoff}; what was published meanwhile is not heard.
 */
final class Subscription implements AutoCloseable {

    /** A connection that hears a channel already. */
    interface Ear extends AutoCloseable {

        /**
         * @param onMessage hears each message, on a thread of the client
         * @param onEnd is called when the connection is lost; at once where it is lost already
         */
        void listen(Consumer<byte[]> onMessage, Runnable onEnd);

        /** Returns without waiting. */
        @Override
        void close();
    }

    private final Supplier<Ear> opening;
    private final Executor executor;
    private final Backoff backoff;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<byte[]> onMessage;
    private @Nullable Ear ear;
    private int failures;
    private boolean closed;

    /**
     * @param opening connects and subscribes, and blocks while it does
     * @param executor runs {@code opening}
     */
    Subscription(Supplier<Ear> opening, Executor executor, Backoff backoff) {
        this.opening = opening;
        this.executor = executor;
        this.backoff = backoff;
    }

    /** Begins to listen, in the background; does nothing the second time. */
    void start(Consumer<byte[]> listener) {
        lock.lock();
        try {
            if (onMessage != null || closed) {
                return;
            }
            onMessage = listener;
        } finally {
            lock.unlock();
        }
        executor.execute(() -> open(listener));
    }

    private void open(Consumer<byte[]> listener) {
        if (isClosed()) {
            return;
        }
        Ear opened;
        try {
            opened = opening.get();
        } catch (RuntimeException e) {
            openLater(listener);
            return;
        }
        if (!keep(opened)) {
            opened.close();
            return;
        }
        opened.listen(listener, () -> ended(opened, listener));
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean keep(Ear opened) {
        lock.lock();
        try {
            if (!closed) {
                ear = opened;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Ear lost, Consumer<byte[]> listener) {
        lock.lock();
        try {
            if (ear != lost) {
                return;
            }
            ear = null;
        } finally {
            lock.unlock();
        }
        lost.close();
        openLater(listener);
    }

    private void openLater(Consumer<byte[]> listener) {
        long nanos;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            failures++;
            nanos = backoff.nanosAfter(failures);
        } finally {
            lock.unlock();
        }
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(() -> open(listener));
    }

    /** Ends it for good. */
    @Override
    public void close() {
        Ear last;
        lock.lock();
        try {
            closed = true;
            last = ear;
            ear = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
