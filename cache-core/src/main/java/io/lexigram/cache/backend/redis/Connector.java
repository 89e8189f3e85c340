package io.lexigram.cache.backend.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lexigram.cache.CacheConnectionException;
import io.lexigram.cache.spi.ConnectionListener;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection. The first operation starts to connect, in the background; it and those that follow wait for the
 * outcome and are then sent in the order they came. After a failure operations fail at once, and one of them starts the next
 * attempt when the {@link Backoff} is over.
 *
 * <p>A connection to a server that is lost, or that has not answered a ping after a command timed out, or that leads to a
 * replica, is closed for good: what was under way on it fails and is never sent again. The connection to a cluster stays,
 * Lettuce reconnects its nodes, and where one of them fails the cluster is asked who has its slots.
 */
final class Connector {

    private static final int MAX_WAITING = 10_000;

    /** Between two questions who has which slots. */
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Link> opening;
    private final String address;
    private final Executor executor;
    private final LongSupplier ticker;
    private final Backoff backoff;
    private final ConnectionListener listener;
    private final Consumer<Link> onUse;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting<?>> waiting = new ArrayDeque<>();
    private final AtomicLong refreshedAt;
    private volatile @Nullable Link link;
    private boolean connecting;
    private boolean closed;
    private boolean reportedDown;
    private int failures;
    private long connectedAt;
    private long nextAttemptAt;
    private @Nullable Throwable lastFailure;

    /**
     * @param opening connects, and blocks while it does
     * @param executor runs {@code opening}
     * @param ticker nanoseconds
     * @param onUse called behind each operation
     */
    Connector(
            Supplier<Link> opening,
            String address,
            Executor executor,
            LongSupplier ticker,
            Backoff backoff,
            ConnectionListener listener,
            Consumer<Link> onUse) {
        this.opening = opening;
        this.address = address;
        this.executor = executor;
        this.ticker = ticker;
        this.backoff = backoff;
        this.listener = listener;
        this.onUse = onUse;
        this.nextAttemptAt = ticker.getAsLong();
        this.refreshedAt = new AtomicLong(nextAttemptAt - REFRESH_NANOS);
    }

    /** The connection there is at the moment. */
    @Nullable
    Link current() {
        return link;
    }

    /** Runs the operation on the connection. What fails, fails with an exception of this library. */
    <T> CompletableFuture<T> submit(Operation<T> operation) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        Link current = link;
        if (current == null) {
            submitUnconnected(new Waiting<>(operation, promise));
        } else {
            run(operation, promise, current);
        }
        return promise;
    }

    private void submitUnconnected(Waiting<?> operation) {
        CacheConnectionException refusal = null;
        boolean start = false;
        Link current;
        lock.lock();
        try {
            current = link;
            if (current == null) {
                start = !closed && !connecting && ticker.getAsLong() - nextAttemptAt >= 0;
                connecting |= start;
                // Who starts an attempt hears what comes of it: it may be the probe that the recovery waits for.
                refusal = start ? null : refusal();
                if (refusal == null) {
                    waiting.add(operation);
                }
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            startConnecting();
        }
        if (current != null) {
            operation.runOn(this, current);
        } else if (refusal != null) {
            operation.promise().completeExceptionally(refusal);
        }
    }

    /** Why no operation may wait for the connection; null where it may. */
    private @Nullable CacheConnectionException refusal() {
        if (closed) {
            return new CacheConnectionException("The Redis backend of " + address + " is closed");
        }
        if (failures > 0 || !connecting) {
            long millis = Math.max(0, TimeUnit.NANOSECONDS.toMillis(nextAttemptAt - ticker.getAsLong()));
            return new CacheConnectionException(
                    "There is no connection to Redis at " + address
                            + (lastFailure == null ? "" : " (" + Failures.reason(lastFailure) + ")")
                            + "; the next attempt "
                            + (connecting ? "is under way" : "comes in " + millis + " ms"),
                    lastFailure);
        }
        return waiting.size() < MAX_WAITING
                ? null
                : new CacheConnectionException(
                        MAX_WAITING + " operations wait already for the connection to Redis at " + address);
    }

    private void startConnecting() {
        try {
            executor.execute(this::connect);
        } catch (RuntimeException e) {
            connectFailed(e);
        }
    }

    private void connect() {
        Link opened;
        try {
            opened = opening.get();
        } catch (RuntimeException | Error e) {
            connectFailed(e);
            return;
        }
        watch(opened);
        Waiting<?> next = opened(opened);
        while (next != null) {
            next.runOn(this, opened);
            next = opened(opened);
        }
        if (!opened.connection().isOpen()) {
            lost(opened, null);
        }
    }

    /** Makes the connection known once nothing waits that came earlier; returns what is still to be sent. */
    private @Nullable Waiting<?> opened(Link opened) {
        lock.lock();
        try {
            Waiting<?> next = waiting.poll();
            if (next != null) {
                return next;
            }
            connecting = false;
            if (!closed) {
                link = opened;
                connectedAt = ticker.getAsLong();
                reportedDown = false;
                listener.connected();
                return null;
            }
        } finally {
            lock.unlock();
        }
        opened.drop();
        return null;
    }

    private void connectFailed(Throwable failure) {
        List<Waiting<?>> refused;
        lock.lock();
        try {
            connecting = false;
            backOff(Failures.withoutWrapping(failure));
            reportDown();
            refused = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        refused.forEach(operation -> operation
                .promise()
                .completeExceptionally(new CacheConnectionException(
                        "Cannot connect to Redis at " + address + ": " + Failures.reason(failure), failure)));
    }

    private void watch(Link opened) {
        opened.connection().addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                if (opened.isCluster()) {
                    report(opened, true);
                }
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                if (opened.isCluster()) {
                    report(opened, false);
                } else {
                    lost(opened, null);
                }
            }
        });
    }

    private void report(Link about, boolean up) {
        lock.lock();
        try {
            if (link != about || closed) {
                return;
            }
            if (!up) {
                reportDown();
            } else if (reportedDown) {
                reportedDown = false;
                listener.connected();
            }
        } finally {
            lock.unlock();
        }
    }

    private void reportDown() {
        if (!reportedDown && !closed) {
            reportedDown = true;
            listener.disconnected();
        }
    }

    /** A connection that did not outlive the longest back-off counts as a failed attempt. */
    private void lost(Link about, @Nullable Throwable cause) {
        lock.lock();
        try {
            if (link != about) {
                return;
            }
            link = null;
            if (ticker.getAsLong() - connectedAt < Backoff.MAX_NANOS) {
                backOff(cause);
            } else {
                failures = 0;
                nextAttemptAt = ticker.getAsLong();
            }
            reportDown();
        } finally {
            lock.unlock();
        }
        about.drop();
    }

    /** Gives up the connection and, where there is none, the waiting for the next attempt: there is another server to go to. */
    void renew() {
        Link last;
        lock.lock();
        try {
            last = link;
            link = null;
            failures = 0;
            nextAttemptAt = ticker.getAsLong();
            if (last != null) {
                reportDown();
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.drop();
        }
    }

    private void backOff(@Nullable Throwable cause) {
        failures++;
        lastFailure = cause;
        nextAttemptAt = ticker.getAsLong() + backoff.nanosAfter(failures);
    }

    private <T> void run(Operation<T> operation, CompletableFuture<T> promise, Link on) {
        try {
            operation.on(on).whenComplete((value, failure) -> {
                if (failure == null) {
                    promise.complete(value);
                    if (on.isDemoted() && !on.isCluster()) {
                        lost(on, null);
                    }
                } else {
                    fail(promise, failure, on);
                }
            });
        } catch (RuntimeException e) {
            fail(promise, e, on);
        }
        onUse.accept(on);
    }

    private void fail(CompletableFuture<?> promise, Throwable failure, Link on) {
        Throwable cause = Failures.withoutWrapping(failure);
        ClusterNodes nodes = on.nodes();
        if (nodes != null && Failures.isReachedElsewhere(cause)) {
            refresh(nodes);
        } else if (!on.isCluster() && Failures.isReadOnly(cause)) {
            lost(on, cause);
        } else if (!on.isCluster() && Failures.isTimeout(cause)) {
            suspect(on);
        }
        promise.completeExceptionally(Failures.translate(cause));
    }

    private void refresh(ClusterNodes nodes) {
        long last = refreshedAt.get();
        long now = ticker.getAsLong();
        if (now - last >= REFRESH_NANOS && refreshedAt.compareAndSet(last, now)) {
            CompletableFuture<Void> unused = nodes.refresh();
        }
    }

    /** Closes a connection on which a ping goes unanswered as well. */
    private void suspect(Link about) {
        if (about.startProbe()) {
            about.commands().ping().whenComplete((pong, failure) -> {
                about.endProbe();
                if (failure != null && Failures.isTimeout(Failures.withoutWrapping(failure))) {
                    lost(about, failure);
                }
            });
        }
    }

    void close() {
        Link last;
        List<Waiting<?>> refused;
        lock.lock();
        try {
            closed = true;
            last = link;
            link = null;
            refused = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        refused.forEach(operation -> operation
                .promise()
                .completeExceptionally(
                        new CacheConnectionException("The Redis backend of " + address + " was closed")));
        if (last != null) {
            last.close();
        }
    }

    private record Waiting<T>(Operation<T> operation, CompletableFuture<T> promise) {

        /** Sends it, unless its caller has given up. */
        void runOn(Connector connector, Link link) {
            if (!promise.isDone()) {
                connector.run(operation, promise, link);
            }
        }
    }
}
