package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.ConnectionListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands without waiting for their answers. It connects in the background when it is first needed, keeps what is sent
 * meanwhile in order, and never sends a command twice. Answers come on threads of the library, which must not be blocked.
 */
final class Client {

    private static final int MOST_WAITING = 1_000;
    private static final int MOST_UNANSWERED = 10_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Duration timeout;
    private final Connections.Opener opener;
    private final Reach reach;
    private final LongSupplier ticker;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Pending<?>> waiting = new ArrayDeque<>();
    private volatile @Nullable Connections connected;
    private volatile int itemLimit = Connections.DEFAULT_ITEM_LIMIT;
    private @Nullable Throwable lastFailure;
    private long failedAt;
    private boolean connecting;
    private boolean closed;

    /** @param reach is told of connections that come and go */
    Client(Duration timeout, Connections.Opener opener, Reach reach, LongSupplier ticker) {
        this.timeout = timeout;
        this.opener = opener;
        this.reach = reach;
        this.ticker = ticker;
    }

    static Client of(MemcachedSettings settings, LongSupplier ticker) {
        Reach reach = new Reach();
        Connections.Opener opener = settings.tls() == null
                ? () -> XmemcachedConnections.open(settings, reach)
                : () -> TlsConnections.open(settings, reach);
        return new Client(settings.timeout(), opener, reach, ticker);
    }

    /** How many bytes an item may have, its key included, as far as the servers have told. */
    int itemLimit() {
        return itemLimit;
    }

    /** The client of the library behind this, once there is one. */
    @Nullable
    Object library() {
        Connections connections = connected;
        return connections == null ? null : connections.client();
    }

    void watch(ConnectionListener listener) {
        reach.add(listener);
    }

    <T extends @Nullable Object> CompletableFuture<T> send(Request<T> request) {
        if (unanswered.incrementAndGet() > MOST_UNANSWERED) {
            unanswered.decrementAndGet();
            return CompletableFuture.failedFuture(new CacheBackendException(
                    "Memcached owes the answers to " + MOST_UNANSWERED + " commands; no further one is sent"));
        }
        Pending<T> pending = new Pending<>(request);
        Connections connections = connected;
        if (connections == null) {
            await(pending);
        } else {
            connections.send(pending);
        }
        return pending.answer()
                .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .handle((value, failure) -> {
                    unanswered.decrementAndGet();
                    if (failure == null) {
                        return value;
                    }
                    throw new CompletionException(
                            failure instanceof TimeoutException ? late(pending) : Failures.translate(failure));
                });
    }

    private RuntimeException late(Pending<?> pending) {
        pending.giveUp();
        return new CacheTimeoutException("Memcached did not answer a command within " + timeout.toMillis()
                + " ms; whether it had its effect is unknown");
    }

    /** Sends it when there are connections; the first one to wait has them made. */
    private void await(Pending<?> pending) {
        RuntimeException refusal = null;
        boolean connect = false;
        lock.lock();
        try {
            Connections connections = connected;
            if (connections != null) {
                connections.send(pending);
            } else {
                refusal = refusal();
                if (refusal == null) {
                    waiting.add(pending);
                    connect = !connecting;
                    connecting = true;
                }
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            pending.fail(refusal);
        }
        if (connect) {
            Thread thread = new Thread(this::connect, "lexigram-memcached-connect");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private @Nullable RuntimeException refusal() {
        if (closed) {
            return new CacheConnectionException("The Memcached backend is closed");
        }
        if (waiting.size() >= MOST_WAITING) {
            return new CacheConnectionException(MOST_WAITING + " commands wait for a connection to Memcached already");
        }
        Throwable failure = lastFailure;
        return failure != null && ticker.getAsLong() - failedAt < RETRY_NANOS
                ? new CacheConnectionException("No connection to Memcached could be made: " + failure, failure)
                : null;
    }

    private void connect() {
        try {
            Connections connections = opener.open();
            int limit = connections.itemLimit();
            reach.attempted();
            boolean late;
            lock.lock();
            try {
                late = closed;
                if (!late) {
                    itemLimit = limit;
                    waiting.forEach(connections::send);
                    waiting.clear();
                    connected = connections;
                }
            } finally {
                lock.unlock();
            }
            if (late) {
                connections.close();
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception failure) {
        List<Pending<?>> refused;
        lock.lock();
        try {
            refused = new ArrayList<>(waiting);
            waiting.clear();
            connecting = false;
            lastFailure = failure;
            failedAt = ticker.getAsLong();
        } finally {
            lock.unlock();
        }
        refused.forEach(pending ->
                pending.fail(new CacheConnectionException("No connection to Memcached could be made", failure)));
    }

    /** Saying goodbye takes its time, so that it is done in the background. */
    void close() {
        List<Pending<?>> refused;
        Connections connections;
        lock.lock();
        try {
            closed = true;
            connections = connected;
            connected = null;
            refused = new ArrayList<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        reach.close();
        refused.forEach(pending -> pending.fail(new CacheConnectionException("The Memcached backend is closed")));
        if (connections != null) {
            Thread thread = new Thread(connections::close, "lexigram-memcached-close");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
