package io.lexigram.cache.backend.redis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection for the messages of several channels, from the first that is {@linkplain #listen listened} to until it
 * is closed. One that is lost is made anew at once if it was heard on for {@value #STABLE_MILLIS} ms; one that was not, or
 * that could not be made, after the {@link Backoff}, which grows with attempts that fail only. What was published meanwhile is
 * not heard.
 */
final class Subscription implements AutoCloseable {

    /** How long a connection has to hold for the next one to be made at once, lest a server that ends each is run down. */
    private static final long STABLE_MILLIS = 100;

    /** Hears one channel, on a thread of the client. */
    interface Hearer {

        /** Every message from now on will be heard. Called again when the connection was made anew. */
        default void subscribed() {}

        void message(byte[] message);
    }

    /** A connection for messages. Its methods return without waiting. */
    interface Ear extends AutoCloseable {

        /** To be called before anything is subscribed. */
        void listen(EarListener listener);

        /** Ends the connection where it gets no answer. */
        void subscribe(byte[] channel);

        void unsubscribe(byte[] channel);

        boolean isOpen();

        @Override
        void close();
    }

    /** Hears what happens on a connection, in its order. */
    interface EarListener {

        void subscribed(byte[] channel);

        void message(byte[] channel, byte[] message);

        void ended();
    }

    private final Supplier<Ear> opening;
    private final Executor executor;
    private final Backoff backoff;
    private final LongSupplier ticker;
    private final Map<ByteBuffer, Hearer> hearers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Ear ear;
    private boolean started;
    private boolean closed;
    private int failures;

    /** The last connection on which a subscription was confirmed, and when the first was. */
    private @Nullable Ear subscribed;

    private long subscribedAt;

    /**
     * @param opening connects, and blocks while it does
     * @param executor runs {@code opening}
     * @param ticker nanoseconds
     */
    Subscription(Supplier<Ear> opening, Executor executor, Backoff backoff, LongSupplier ticker) {
        this.opening = opening;
        this.executor = executor;
        this.backoff = backoff;
        this.ticker = ticker;
    }

    /** Begins to listen, in the background; does nothing where the channel is listened to. */
    void listen(byte[] channel, Hearer hearer) {
        Ear current;
        boolean start;
        lock.lock();
        try {
            if (closed || hearers.putIfAbsent(ByteBuffer.wrap(channel), hearer) != null) {
                return;
            }
            start = !started;
            started = true;
            current = ear;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::open);
        } else if (current != null) {
            current.subscribe(channel);
        }
    }

    /** Ends the listening to a channel. */
    void stop(byte[] channel) {
        Ear current = ear;
        if (hearers.remove(ByteBuffer.wrap(channel)) != null && current != null) {
            current.unsubscribe(channel);
        }
    }

    /** Makes the connection anew, where there is one. */
    void renew() {
        Ear current = ear;
        if (current != null) {
            ended(current);
        }
    }

    private void open() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        Ear opened;
        try {
            opened = opening.get();
            opened.listen(new Current(opened));
        } catch (RuntimeException e) {
            openLater();
            return;
        }
        List<byte[]> channels = keep(opened);
        if (channels == null) {
            opened.close();
            return;
        }
        channels.forEach(opened::subscribe);
        if (!opened.isOpen()) {
            ended(opened);
        }
    }

    /** Makes the connection the one that counts. @return what to subscribe; null where it comes too late */
    private @Nullable List<byte[]> keep(Ear opened) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            ear = opened;
            return hearers.keySet().stream().map(Subscription::bytes).toList();
        } finally {
            lock.unlock();
        }
    }

    private static byte[] bytes(ByteBuffer channel) {
        byte[] bytes = new byte[channel.remaining()];
        channel.duplicate().get(bytes);
        return bytes;
    }

    private void confirmed(Ear on) {
        lock.lock();
        try {
            failures = 0;
            if (subscribed != on) {
                subscribed = on;
                subscribedAt = ticker.getAsLong();
            }
        } finally {
            lock.unlock();
        }
    }

    private void ended(Ear lost) {
        boolean wasStable;
        lock.lock();
        try {
            if (ear != lost) {
                return;
            }
            ear = null;
            wasStable = !closed
                    && subscribed == lost
                    && ticker.getAsLong() - subscribedAt >= TimeUnit.MILLISECONDS.toNanos(STABLE_MILLIS);
            subscribed = null;
        } finally {
            lock.unlock();
        }
        lost.close();
        if (wasStable) {
            executor.execute(this::open);
        } else {
            openLater();
        }
    }

    private void openLater() {
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
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(this::open);
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

    /** Hands on what comes from one connection as long as it is the one that counts. */
    private final class Current implements EarListener {

        private final Ear from;

        Current(Ear from) {
            this.from = from;
        }

        @Override
        public void subscribed(byte[] channel) {
            Hearer hearer = hearer(channel);
            if (hearer != null) {
                confirmed(from);
                hearer.subscribed();
            }
        }

        @Override
        public void message(byte[] channel, byte[] message) {
            Hearer hearer = hearer(channel);
            if (hearer != null) {
                hearer.message(message);
            }
        }

        private @Nullable Hearer hearer(byte[] channel) {
            return ear == from ? hearers.get(ByteBuffer.wrap(channel)) : null;
        }

        @Override
        public void ended() {
            Subscription.this.ended(from);
        }
    }
}
