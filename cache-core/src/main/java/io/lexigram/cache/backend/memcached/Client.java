package io.lexigram.cache.backend.memcached;

import io.lexigram.cache.CacheBackendException;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.CacheTimeoutException;
import io.lexigram.cache.spi.ConnectionListener;
import java.io.IOException;
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
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.exception.MemcachedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands without waiting for their answers. It connects in the background when it is first needed, keeps what is sent
 * meanwhile in order, and never sends a command twice. Answers come on threads of the library, which must not be blocked.
 */
final class Client {

    private static final int MOST_WAITING = 1_000;
    private static final int MOST_UNANSWERED = 10_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final MemcachedSettings settings;
    private final ClientOpener opener;
    private final LongSupplier ticker;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Pending<?>> waiting = new ArrayDeque<>();
    private volatile @Nullable MemcachedClient connected;
    private volatile int itemLimit = ClientOpener.DEFAULT_ITEM_LIMIT;
    private @Nullable Throwable lastFailure;
    private long failedAt;
    private boolean connecting;
    private boolean closed;

    Client(MemcachedSettings settings, ClientOpener opener, LongSupplier ticker) {
        this.settings = settings;
        this.opener = opener;
        this.ticker = ticker;
    }

    /** How many bytes an item may have, its key included, as far as the servers have told. */
    int itemLimit() {
        return itemLimit;
    }

    @Nullable
    MemcachedClient connected() {
        return connected;
    }

    void watch(ConnectionListener listener) {
        opener.reach().add(listener);
    }

    <T extends @Nullable Object> CompletableFuture<T> send(Request<T> request) {
        if (unanswered.incrementAndGet() > MOST_UNANSWERED) {
            unanswered.decrementAndGet();
            return CompletableFuture.failedFuture(new CacheBackendException(
                    "Memcached owes the answers to " + MOST_UNANSWERED + " commands; no further one is sent"));
        }
        Pending<T> pending = new Pending<>(request);
        MemcachedClient client = connected;
        if (client == null) {
            await(pending);
        } else {
            write(client, pending);
        }
        return pending.answer()
                .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
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
        return new CacheTimeoutException("Memcached did not answer a command within "
                + settings.timeout().toMillis() + " ms; whether it had its effect is unknown");
    }

    private static void write(MemcachedClient client, Pending<?> pending) {
        try {
            client.getConnector().send(pending.command());
        } catch (MemcachedException | RuntimeException e) {
            pending.fail(e);
        }
    }

    /** Sends it when there is a client; the first one to wait has it made. */
    private void await(Pending<?> pending) {
        RuntimeException refusal = null;
        boolean connect = false;
        lock.lock();
        try {
            MemcachedClient client = connected;
            if (client != null) {
                write(client, pending);
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
            MemcachedClient client = opener.open();
            int limit = opener.itemLimit(client);
            opener.reach().attempted();
            boolean late;
            lock.lock();
            try {
                late = closed;
                if (!late) {
                    itemLimit = limit;
                    waiting.forEach(pending -> write(client, pending));
                    waiting.clear();
                    connected = client;
                }
            } finally {
                lock.unlock();
            }
            if (late) {
                client.shutdown();
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

    /** The library takes its time to say goodbye, so that it does so in the background. */
    void close() {
        List<Pending<?>> refused;
        MemcachedClient client;
        lock.lock();
        try {
            closed = true;
            client = connected;
            connected = null;
            refused = new ArrayList<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        opener.reach().close();
        refused.forEach(pending -> pending.fail(new CacheConnectionException("The Memcached backend is closed")));
        if (client != null) {
            Thread thread = new Thread(() -> shutdown(client), "lexigram-memcached-close");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void shutdown(MemcachedClient client) {
        try {
            client.shutdown();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
